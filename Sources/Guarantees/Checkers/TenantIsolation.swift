import Evidence
import Worlds

/// No prompt and no reply for one customer contains a document, question or answer of another. To
/// show that the trap works, somebody must have asked while another customer's document existed,
/// and that customer's own people must have got one of the same base. A story that was played twice
/// with another customer's content exchanged is judged by `NonInterference` as well.
enum TenantIsolation {
  static let guarantee = Guarantee(
    id: "tenant-isolation",
    statement: "Nothing of one customer reaches another.",
    source: "RAG retrieval from the permitted knowledge base",
    consequence: "A competitor reads the customer's documents.",
    claims: .always,
    check: check
  )

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    var texts = TextRegister(story)
    story.forEachExposure { exposure in
      for canary in exposure.canaries {
        let owners: [String]
        switch texts.text(of: canary) {
        case .document(exposure.tenant, let base):
          texts.prove(base)
          continue
        case .document(let tenant, _): owners = [tenant]
        case .words: owners = Self.owners(ofWords: canary, story)
        }
        guard !owners.isEmpty, !owners.contains(exposure.tenant) else { continue }
        breaches.add(
          "\(exposure.wording.capitalisedFirst) for \(exposure.tenant) contains a text of "
            + "\(owners.listed).",
          events: [exposure.event]
        )
      }
    }
    for call in story.calls where call.message == nil && call.tenants.count > 1 {
      breaches.add(
        "Call \(call.of.order) carries texts of \(call.tenants.listed) together.",
        events: [call.event]
      )
    }
    let proven = texts.provenNames
    let documents = story.documentsByBase
    let bases = story.bases(proven).map { (base: $0.base, documents: documents[$0.name] ?? []) }
    let asked = story.messages.count { message in
      message.isGenuine && (!message.replies.isEmpty || !message.calls.isEmpty)
        && bases.contains { base, documents in
          base.tenant != message.of.tenant
            && documents.contains { $0.exists(at: message.sentAt) }
        }
    }
    let pair = NonInterference(story, of: .customer)
    pair?.addBreaches(to: &breaches)
    return .judged(
      breaches,
      exercise: [
        Finding.Count("customers", story.facts.tenants.count),
        Finding.Count("knowledge bases shown to work", proven.count),
        Finding.Count("messages while another customer's document was there", asked),
      ] + (pair?.exercise ?? []),
      missing: missing(tenants: story.facts.tenants.count, asked: asked) ?? pair?.missing,
      held: "\(asked.of("message")) came while documents of another customer were there; no prompt "
        + "and no reply carried a text of another customer." + (pair?.held ?? Finding.markersAlone)
    )
  }

  private static func missing(tenants: Int, asked: Int) -> String? {
    if tenants < 2 { return "There was one customer only." }
    return asked == 0 ? "Nobody asked while another customer's own people got its documents." : nil
  }

  private static func owners(ofWords canary: String, _ story: Story) -> [String] {
    guard !Canary.isGuessable(canary) else { return [] }
    var messages = story.askers(of: canary)
    if messages.isEmpty, let call = story.callIndex(completing: canary) {
      messages = story.calls[call].possibleMessages
    }
    // Nearly always one.
    if messages.count == 1 { return [story.messages[messages[0]].of.tenant] }
    return Set(messages.map { story.messages[$0].of.tenant }).sorted()
  }
}
