package import Worlds

/// One thing that a part of the harness saw or did. Nothing that the vendor says of itself is an
/// event; its words reach the evidence only as replies received.
package struct Event: Sendable, Equatable {
  /// The event's number in its run, from 1: the id by which a witness names it.
  package var id: Int
  package var at: Timestamp
  package var kind: Kind

  package init(id: Int, at: Timestamp, kind: Kind) {
    self.id = id
    self.at = at
    self.kind = kind
  }

  /// Kept apart from the event, so that a small one takes no more memory than it needs: a run may
  /// have a million of them.
  package indirect enum Kind: Sendable, Equatable {
    /// A key exists from now on.
    case keyCreated(KeyCreated)
    /// The provider stops taking a key: deleted there by its owner.
    case keyEnded(KeyEnded)
    /// An administrator used the vendor's admin API, or tried to.
    case adminAction(AdminAction)
    /// The provider has answered a call, or refused it. Recorded at its end.
    case providerCall(ProviderCall)
    /// A person has written; the platform begins to deliver it.
    case messageSent(MessageSent)
    /// One delivery of an activity to the vendor has ended.
    case delivery(Delivery)
    /// The platform took a message from the vendor into a conversation.
    case reply(Reply)
    /// A secret manager has answered a request.
    case secretAccess(SecretAccess)
    /// A key was changed in the secret manager past the vendor.
    case secretChanged(SecretChanged)
    /// An engineer looked at a deployment with one of its tools.
    case inspection(Inspection)
    /// One HTTP exchange that the vendor opened, as the network saw it.
    case exchange(Exchange)
    /// A key or a canary was seen on a surface.
    case sighting(Sighting)
    /// A surface was searched, found clean or not: the proof that somebody looked.
    case searched(Searched)
    /// A person changed department.
    case personMoved(PersonMoved)
    /// Somebody is in a group or channel from now on, or is not any more.
    case memberChanged(MemberChanged)
    case documentChanged(DocumentChanged)
    /// The vendor's program started, stopped, crashed.
    case vendor(VendorChange)
    /// A fault of the story began, ended, or took effect on an exchange.
    case fault(Fault)
    /// A caller that the story forged presented itself at the vendor's door.
    case impostor(Impostor)
    /// A person pressed a button under an answer.
    case buttonPressed(ButtonPressed)
    /// An expectation written in the scenario file was met, or was not.
    case expectation(Expectation)
    /// One pair of a latency comparison.
    case latencyPair(LatencyPair)
    /// A latency comparison's settings, fixed before its first pair.
    case latencyPlan(LatencyPlan)
    /// When its questions are due, fixed before the first of them.
    case latencySchedule(LatencySchedule)
    /// A row of the provider's books, read when the story was over.
    case ledgerRow(LedgerRow)
    /// A row of the vendor's usage page, read when the story was over.
    case usageLine(UsageLine)
    /// A line of one of the vendor's invoices, read when the story was over.
    case invoiceLine(InvoiceLine)
    /// A sum of the provider's usage or cost API, read when the story was over.
    case providerReport(ProviderReport)
    /// The story was played a second time with a secret exchanged.
    case pairPlan(PairPlan)
    /// What somebody saw in both plays.
    case pairRow(PairRow)
    /// The story is over; what comes later is clearing up.
    case storyEnded
  }
}
