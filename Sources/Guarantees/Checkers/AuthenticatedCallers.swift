import Evidence

/// Whoever is not a genuine caller gets the status 401 or 403, no reply, and no call to the model.
/// An activity that is delivered more than once is served once; where the vendor crashed between
/// two replies, at most twice, and on Google Chat once. A genuine caller must have been served, to
/// show that the door opens at all.
enum AuthenticatedCallers {
  static let guarantee = Guarantee(
    id: "authenticated-callers",
    statement: "Only a genuine Teams or Google Chat caller is served: forged, expired and "
      + "misaddressed tokens are refused, a repeated activity is served once.",
    source: "The AI tool's backend receives the message, verifies the user's identity, and "
      + "determines which knowledge base and permissions apply based on their department.",
    consequence: "Anybody on the internet can ask in an employee's name, at the customer's cost.",
    bounds: [
      "after a crash between two replies, one reply twice on Teams and none on Google Chat"
    ],
    claims: .always,
    check: check
  )

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    var forged = 0
    for impostor in story.impostors {
      if impostor.of.trick == .genuine {
        addUnserved(impostor, story, to: &breaches)
      } else {
        forged += 1
        addServed(impostor, story, to: &breaches)
      }
    }
    let repeated = story.messages.filter { message in
      message.isGenuine && message.deliveries.contains { $0.of.attempt > 1 }
    }
    for surplus in story.surplusReplies where surplus.message.deliveries.count > 1 {
      breaches.add(
        "A message of \(surplus.message.of.person) that was delivered "
          + "\(surplus.message.deliveries.count) times got more than one reply.",
        events: [surplus.message.event, surplus.reply.event],
        weight: 1
      )
    }
    let served = story.messages.count { $0.isGenuine && !$0.replies.isEmpty }
    return .judged(
      breaches,
      exercise: [
        Finding.Count("callers that were not genuine", forged),
        Finding.Count("messages delivered more than once", repeated.count),
        Finding.Count("genuine messages served", served),
      ],
      missing: missing(forged: forged, repeated: repeated.count, served: served),
      held: held(forged: forged, repeated: repeated.count)
    )
  }

  private static func held(forged: Int, repeated: Int) -> String {
    func wereOrWas(_ count: Int) -> String { count == 1 ? "was" : "were" }
    let refused =
      "\(forged.of("caller")) with a forged, expired or misaddressed token \(wereOrWas(forged)) "
      + "refused"
    let once = "\(repeated.of("repeated message")) \(wereOrWas(repeated)) served once"
    let seen = (forged > 0 ? [refused] : []) + (repeated > 0 ? [once] : [])
    return seen.joined(separator: "; ") + "; genuine ones were served."
  }

  private static func missing(forged: Int, repeated: Int, served: Int) -> String? {
    if forged + repeated == 0 {
      return "Nobody knocked with a false token, and no message came twice."
    }
    return served == 0 ? "No genuine message was served, so a refusal proves nothing." : nil
  }

  private static func addUnserved(
    _ impostor: Story.Occurrence<Event.Impostor>,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    if (200..<300).contains(impostor.of.status) {
      guard let message = story.message(impostor.of.message),
        story.isLost(message, within: InstantRevocation.noticeBound)
      else { return }
      breaches.add(
        "A genuine caller was let in, and got no reply.",
        events: [impostor.event, message.event]
      )
    } else if !story.isDisturbed(from: impostor.at, to: impostor.at) {
      breaches.add(
        "A genuine caller was refused with status \(impostor.of.status).",
        events: [impostor.event]
      )
    }
  }

  private static func addServed(
    _ impostor: Story.Occurrence<Event.Impostor>,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    let who = "A caller with \(wording(impostor.of.trick))"
    let message = story.message(impostor.of.message)
    let replies =
      message?.replies.map { story.replies[$0] }
      ?? story.replies.filter { $0.of.message == impostor.of.message }
    let canary = message?.of.questionCanary ?? impostor.of.message
    let isOnlyTheirs = story.messages(asking: canary).allSatisfy { !$0.isGenuine }
    let calls = isOnlyTheirs ? story.calls.filter { $0.of.promptCanaries.contains(canary) } : []
    if let call = calls.first {
      breaches.add(
        "\(who) caused a call to the model.",
        events: [impostor.event, call.event],
        weight: 3
      )
    }
    if let reply = replies.first {
      breaches.add("\(who) got a reply.", events: [impostor.event, reply.event], weight: 2)
    }
    // Where nobody answers, nobody is served.
    let isUnheard =
      impostor.of.status == 0 && story.isDisturbed(from: impostor.at, to: impostor.at)
    if impostor.of.status != 401, impostor.of.status != 403, !isUnheard {
      breaches.add(
        "\(who) got the status \(impostor.of.status) instead of a refusal.",
        events: [impostor.event],
        weight: (200..<300).contains(impostor.of.status) ? 1 : 0
      )
    }
  }

  private static func wording(_ trick: Event.Impostor.Trick) -> String {
    switch trick {
    case .genuine: "a genuine token"
    case .forgedSignature: "a forged signature"
    case .expired: "an expired token"
    case .wrongAudience: "a token for another audience"
    case .wrongTenant: "a token for an organisation that is no customer"
    case .unknownKey: "a signing key that nobody publishes"
    case .wrongIssuer: "a token of another issuer"
    case .wrongServiceURL: "a token for another service URL"
    case .notEndorsed: "a signing key that is not endorsed for the channel"
    case .noToken: "no token"
    case .unsignedAlgorithm: "an unsigned token"
    case .confusedAlgorithm: "a hash, keyed with the issuer's public key, for a signature"
    case .garbage: "garbage for a token"
    }
  }
}
