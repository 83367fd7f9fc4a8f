import Evidence
import Worlds

/// In a prompt, and in a reply, stands only what everybody in the conversation may read: documents
/// of knowledge bases that the department of each of them may read, when the message was sent or
/// when the text appeared; questions and answers only of the same conversation, or of one in which
/// all of them take part. Somebody unknown may read nothing. Other customers' texts are the matter
/// of `tenant-isolation`. To show that the trap works, somebody must have asked while documents
/// existed that he may not read, and somebody who may must have got one of the same base. A story
/// that was played twice with other documents is judged by `NonInterference` as well.
enum DepartmentIsolation {
  static let guarantee = Guarantee(
    id: "department-isolation",
    statement: "A person sees only what their department may: prompts, replies, citations, errors, "
      + "caches, history, group chats.",
    source: "The app searches the department's vector store for relevant document chunks and "
      + "assembles them with the user's question into a prompt.",
    consequence: "Salaries, reviews and plans reach colleagues whom they are not meant for.",
    bounds: [
      "of a story that was played twice, \(NonInterference.fewestReplies) replies to people who "
        + "must not know, compared byte for byte and to the nanosecond"
    ],
    claims: .always,
    check: check
  )

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    var texts = TextRegister(story)
    var shown = 0
    story.forEachExposure { exposure in
      let readings = story.readings(of: exposure)
      // Several documents of a prompt are nearly always of the same base.
      var judged: [(base: Int, isAllowed: Bool)] = []
      for canary in exposure.canaries {
        guard case .document(let tenant, let base) = texts.text(of: canary) else {
          if isForeign(canary, in: exposure, readings, story) {
            breaches.add(
              "\(exposure.wording.capitalisedFirst) for \(people(readings)) contains what was said "
                + "in another conversation.",
              events: events(exposure, readings, story)
            )
          }
          continue
        }
        guard tenant == exposure.tenant else { continue }
        let isAllowed =
          judged.first { $0.base == base }?.isAllowed
          ?? readings.contains { may($0, read: texts.bases[base].base, exposure, story) }
        judged.append((base, isAllowed))
        if isAllowed {
          texts.prove(base)
          shown += 1
        } else if let document = story.document(of: canary) {
          breaches.add(
            leak(of: document, in: exposure, readings),
            events: events(exposure, readings, story)
          )
        }
      }
    }
    let proven = texts.provenNames
    let asked = askedWithoutPermission(story, proven: proven)
    let pair = NonInterference(story, of: .documents)
    pair?.addBreaches(to: &breaches)
    return .judged(
      breaches,
      exercise: [
        Finding.Count("messages by people who may not read an existing document", asked),
        Finding.Count("documents shown to people who may read them", shown),
        Finding.Count("knowledge bases shown to work", proven.count),
      ] + (pair?.exercise ?? []),
      missing: missing(asked: asked, shown: shown) ?? pair?.missing,
      held: "\(asked.of("message")) came from people who may not read documents that were there; "
        + "no prompt and no reply of theirs carried one, while documents stood "
        + "\(shown.of("time")) in prompts and replies of people who may read them."
        + (pair?.held ?? Finding.markersAlone)
    )
  }

  private static func missing(asked: Int, shown: Int) -> String? {
    if shown == 0 { return "Nobody got a document, so its absence elsewhere proves nothing." }
    return asked == 0
      ? "Nobody asked while there was a document that he may not read and others got." : nil
  }

  private static func may(
    _ reading: Exposure.Reading,
    read base: Facts.KnowledgeBase?,
    _ exposure: Exposure,
    _ story: Story
  ) -> Bool {
    guard let base, !reading.audience.isEmpty else { return false }
    return reading.audience.allSatisfy { person in
      story.may(person, read: base, at: reading.askedAt)
        || story.may(person, read: base, at: exposure.at)
    }
  }

  /// Whether a question or answer comes from a conversation that not all who read here take part
  /// in.
  private static func isForeign(
    _ canary: String,
    in exposure: Exposure,
    _ readings: [Exposure.Reading],
    _ story: Story
  ) -> Bool {
    guard !Canary.isGuessable(canary) else { return false }
    var sources = story.askers(of: canary)
    if sources.isEmpty, let call = story.callIndex(completing: canary) {
      sources = story.calls[call].possibleMessages
    }
    guard sources.contains(where: { story.messages[$0].of.tenant == exposure.tenant }) else {
      return false
    }
    return !readings.contains { reading in
      sources.contains { source in
        story.messages[source].of.conversation == reading.conversation
          || !reading.audience.isEmpty
            && Set(reading.audience).isSubset(of: story.audience(of: story.messages[source]))
      }
    }
  }

  private static func askedWithoutPermission(_ story: Story, proven: Set<String>) -> Int {
    let documents = story.documentsByBase
    let bases = story.bases(proven).map { (base: $0.base, documents: documents[$0.name] ?? []) }
    return story.messages.count { message in
      guard message.isGenuine, !message.replies.isEmpty || !message.calls.isEmpty else {
        return false
      }
      return bases.contains { base, documents in
        guard base.tenant == message.of.tenant else { return false }
        let isBarred = !story.audience(of: message).allSatisfy {
          story.may($0, read: base, at: message.sentAt)
        }
        return isBarred && documents.contains { $0.exists(at: message.sentAt) }
      }
    }
  }

  private static func leak(
    of document: Story.Document,
    in exposure: Exposure,
    _ readings: [Exposure.Reading]
  ) -> String {
    "\(exposure.wording.capitalisedFirst) for \(people(readings)) contains \(document.id) of "
      + "\(document.knowledge), which not all of them may read."
  }

  private static func people(_ readings: [Exposure.Reading]) -> String {
    readings.first?.audience.listed ?? "nobody"
  }

  private static func events(
    _ exposure: Exposure,
    _ readings: [Exposure.Reading],
    _ story: Story
  ) -> [Int] {
    let asked = readings.first?.message.map { story.messages[$0].event }
    return [exposure.event] + (asked.map { [$0] } ?? [])
  }
}
