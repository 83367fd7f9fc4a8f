import Evidence
import Worlds

/// From the moment at which a customer's administrator has installed a key of its Azure resource,
/// until another is installed or the settings are emptied, every model call for this customer goes
/// to that resource with that key, embeddings included; and what succeeded there stands in the
/// books under that key. A request that was on the wire when the vendor confirmed the installation
/// may still arrive elsewhere. Once Azure has ended the key, revocation and not parity is judged.
enum AzureParity {
  static let guarantee = Guarantee(
    id: "azure-parity",
    statement: "An Azure OpenAI endpoint key works as the credential, and is billed to Azure.",
    source: "you can use your Azure OpenAI key as your BYOK credential. The billing goes to your "
      + "Azure account, not OpenAI.com directly.",
    consequence: "A customer that chose Azure for its contract or its region is served, and "
      + "billed, somewhere else.",
    claims: .ofProvidersAccount,
    check: check
  )

  static let hostSuffix = ".openai.azure.com"

  /// A time in which a customer's key was one of an Azure resource.
  private struct Term {
    var tenant: String
    var host: String
    /// The installation, with the key.
    var from: Story.Occurrence<Event.AdminAction>
    /// The installation or removal that ended it.
    var until: Story.Occurrence<Event.AdminAction>?

    /// Whether a call that the vendor began in it must have kept to it.
    func binds(_ call: Story.Call) -> Bool {
      guard call.of.order > from.of.afterOrder,
        call.of.arrivedAt > from.at + KeyRegister.transit
      else { return false }
      return until.map { call.of.arrivedAt < $0.of.submittedAt } ?? true
    }
  }

  static func check(_ story: Story) -> Finding {
    let terms = terms(of: story)
    var breaches = Breaches()
    var completions = 0
    var embeddings = 0
    for call in story.calls {
      for term in terms where isOf(term.tenant, call, story) && term.binds(call) {
        let key = term.from.of.key
        if call.of.key == key, call.of.host == term.host {
          guard call.of.succeeded, !call.tenants.isEmpty else { continue }
          if call.of.completionCanary == nil { embeddings += 1 } else { completions += 1 }
        } else if !isDead(term, call, story) {
          breaches.add(
            "Call \(call.of.order) for \(term.tenant) went to \(call.of.host) on "
              + "\(story.keys.name(of: call.of.key)), though "
              + "\(story.keys.name(of: key)) at \(term.host) was installed.",
            events: [term.from.event, call.event],
            weight: call.of.succeeded ? 2 : 1
          )
        }
      }
    }
    addUnbooked(terms, story, to: &breaches)
    return .judged(
      breaches,
      exercise: [
        Finding.Count("times that an Azure key was installed", terms.count),
        Finding.Count("completions there", completions),
        Finding.Count("embeddings there", embeddings),
      ],
      missing: missing(terms: terms.count, completions: completions, embeddings: embeddings),
      held: "All \((completions + embeddings).of("call")) with a customer's texts, "
        + "\(embeddings) of them embeddings, went to \(Set(terms.map(\.host)).sorted().listed) on "
        + "the key that its administrator had installed, and stand in its books."
    )
  }

  private static func terms(of story: Story) -> [Term] {
    var terms: [Term] = []
    var open: [String: Int] = [:]
    for action in story.keys.actions where action.of.succeeded {
      let tenant = action.of.tenant
      switch action.of.verb {
      case .installKey, .removeKey:
        if let index = open.removeValue(forKey: tenant) { terms[index].until = action }
        guard action.of.verb == .installKey, action.of.key != nil,
          let host = action.of.providerHost, host.hasSuffix(hostSuffix)
        else { continue }
        open[tenant] = terms.count
        terms.append(Term(tenant: tenant, host: host, from: action))
      case .installStandby, .checkKey, .uploadDocument, .removeDocument, .startSubscription,
        .cancelSubscription:
        continue
      }
    }
    return terms
  }

  /// Whether Azure had ended the term's key when the call came.
  private static func isDead(_ term: Term, _ call: Story.Call, _ story: Story) -> Bool {
    term.from.of.key.flatMap { story.keys.keys[$0] }?
      .isDead(atOrder: call.of.order, arrivedAt: call.of.arrivedAt) ?? false
  }

  /// What an administrator tries out in the settings is no call for the customer's people.
  private static func isOf(_ tenant: String, _ call: Story.Call, _ story: Story) -> Bool {
    guard story.customers(of: call).contains(tenant) else { return false }
    guard call.tenants.isEmpty else { return true }
    return !story.keys.actions.contains {
      $0.of.tenant == tenant && $0.of.key == call.of.key
        && $0.of.submittedAt <= call.of.arrivedAt && call.of.arrivedAt <= $0.at
    }
  }

  /// The books must hold at least what was completed, token for token; that they hold no more is
  /// `DirectBilling`'s. What they have of calls that were cut off cannot stand in for one.
  private static func addUnbooked(
    _ terms: [Term],
    _ story: Story,
    to breaches: inout Breaches
  ) {
    for key in Set(terms.compactMap(\.from.of.key)).sorted() {
      let completed = story.calls.filter {
        $0.of.key == key && $0.of.succeeded && $0.of.outcome == .completed
          && $0.of.promptTokens > 0
      }
      let seen = completed.reduce(into: BookedUse()) { $0.add($1.of) }
      let rows = story.ledger.filter { $0.of.key == key }
      let booked = rows.reduce(into: BookedUse()) { $0.add($1.of) }
      guard !booked.covers(seen), let call = completed.last else { continue }
      breaches.add(
        "\(seen.words) were completed on \(story.keys.name(of: key)), and the books of its "
          + "resource have \(booked.words).",
        events: [call.event] + rows.map(\.event),
        weight: 3
      )
    }
  }

  private static func missing(terms: Int, completions: Int, embeddings: Int) -> String? {
    if terms == 0 { return "No key of an Azure resource was installed." }
    if completions == 0 { return "No completion succeeded on a key of an Azure resource." }
    return embeddings == 0 ? "No embedding succeeded on a key of an Azure resource." : nil
  }
}

/// What stands in books, or should.
private struct BookedUse {
  private var calls = 0
  private var promptTokens = 0
  private var completionTokens = 0

  var words: String {
    "\(calls.of("call")) of \((promptTokens + completionTokens).of("token"))"
  }

  mutating func add(_ call: Event.ProviderCall) {
    calls += 1
    promptTokens += call.promptTokens
    completionTokens += call.completionTokens
  }

  /// Without the part of calls that were cut off.
  mutating func add(_ row: Event.LedgerRow) {
    calls += row.calls - (row.cutOff?.calls ?? 0)
    promptTokens += row.promptTokens - (row.cutOff?.promptTokens ?? 0)
    completionTokens += row.completionTokens - (row.cutOff?.completionTokens ?? 0)
  }

  func covers(_ seen: BookedUse) -> Bool {
    calls >= seen.calls && promptTokens >= seen.promptTokens
      && completionTokens >= seen.completionTokens
  }
}
