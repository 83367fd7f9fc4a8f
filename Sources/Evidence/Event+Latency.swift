package import Worlds

/// What a latency comparison leaves in the evidence: its settings and its arrivals, both before a
/// question is asked, and then the pairs.
extension Event {
  package struct LatencyPlan: Sendable, Equatable {
    package var minimumPairs: Int
    package var maximumPairs: Int
    package var warmUpPairs: Int
    package var medianMargin: Duration
    package var tailMargin: Duration
    package var bootstrapSeed: UInt64
    /// The mean time from one measured question to the next, whatever became of those before.
    package var every: Duration
    /// The mean time between questions of others, who ask beside; nil where nobody does.
    package var besideEvery: Duration?

    package init(
      minimumPairs: Int,
      maximumPairs: Int,
      warmUpPairs: Int,
      medianMargin: Duration,
      tailMargin: Duration,
      bootstrapSeed: UInt64,
      every: Duration,
      besideEvery: Duration? = nil
    ) {
      self.minimumPairs = minimumPairs
      self.maximumPairs = maximumPairs
      self.warmUpPairs = warmUpPairs
      self.medianMargin = medianMargin
      self.tailMargin = tailMargin
      self.bootstrapSeed = bootstrapSeed
      self.every = every
      self.besideEvery = besideEvery
    }
  }

  /// The arrivals of one stretch of a comparison, drawn and recorded before the first of them.
  package struct LatencySchedule: Sendable, Equatable, Codable {
    /// Who asks: one person on the customer's key, three on keys of the vendor's account.
    package enum Asker: String, Sendable, Codable, CaseIterable {
      case customer
      case vendor
      case vendorAgain
      case vendorDelayed
    }

    package struct Arrival: Sendable, Equatable, Codable {
      package var round: Int
      package var asker: Asker
      package var at: Timestamp

      package init(round: Int, asker: Asker, at: Timestamp) {
        self.round = round
        self.asker = asker
        self.at = at
      }
    }

    package var arrivals: [Arrival]
    /// When the others ask.
    package var beside: [Timestamp]

    package init(arrivals: [Arrival], beside: [Timestamp]) {
      self.arrivals = arrivals
      self.beside = beside
    }
  }

  /// One pair: the same question asked once on the customer's key and once on the vendor's own.
  package struct LatencyPair: Sendable, Codable, Equatable {
    package struct Arm: Sendable, Equatable {
      /// When the question was due, by the schedule.
      package var intended: Timestamp
      /// How much later it was sent: the generator's doing.
      package var late: Duration
      /// From the intended moment of sending to the reply at the platform: the response time.
      package var total: Duration
      /// The delay that the mock provider added by its seeded model: not the vendor's doing.
      package var upstream: Duration
      package var requests: Int
      package var requestBytes: Int
      package var answered: Bool
      /// A request came while several questions were open, and nothing said whose it was.
      package var entangled: Bool
      /// Nil where it was not measured.
      package var spent: Spent?

      /// From the sending to the reply: what a generator that waits would have called latency.
      package var service: Duration { total - late }
      /// What the vendor added: the response time without the provider's share.
      package var overhead: Duration { total - upstream }

      package init(
        intended: Timestamp,
        late: Duration = .zero,
        total: Duration,
        upstream: Duration,
        requests: Int,
        requestBytes: Int,
        answered: Bool,
        entangled: Bool = false,
        spent: Spent? = nil
      ) {
        self.intended = intended
        self.late = late
        self.total = total
        self.upstream = upstream
        self.requests = requests
        self.requestBytes = requestBytes
        self.answered = answered
        self.entangled = entangled
        self.spent = spent
      }
    }

    /// What exchanges of the vendor took, as the network saw them, each from its first byte to its
    /// last.
    package struct Spent: Sendable, Equatable {
      /// With the secret manager: fetching the key.
      package var manager: Duration
      /// With the provider, the model's own delay included.
      package var provider: Duration

      package init(manager: Duration, provider: Duration) {
        self.manager = manager
        self.provider = provider
      }
    }

    package enum Comparison: String, Sendable, Codable, CaseIterable {
      /// The customer's key against the vendor's: what is judged.
      case customerAgainstVendor
      /// The vendor's key against itself: must come out equal, or the instrument is bad.
      case vendorAgainstVendor
      /// The vendor's key with an injected delay: must come out different.
      case delayedAgainstVendor

      /// Against the same question on the vendor's key, which all three share.
      package var subject: LatencySchedule.Asker {
        switch self {
        case .customerAgainstVendor: .customer
        case .vendorAgainstVendor: .vendorAgain
        case .delayedAgainstVendor: .vendorDelayed
        }
      }
    }

    package var comparison: Comparison
    package var index: Int
    package var subject: Arm
    package var control: Arm

    package init(comparison: Comparison, index: Int, subject: Arm, control: Arm) {
      self.comparison = comparison
      self.index = index
      self.subject = subject
      self.control = control
    }
  }
}
