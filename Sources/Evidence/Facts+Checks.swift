package import Worlds

extension Facts {
  /// A check that the scenario's writer added: which events of the history to look at, and what
  /// must be true of them. Part of the evidence, so that whoever has it can judge again.
  package struct Check: Sendable, Codable, Equatable {
    /// Unique in its scenario.
    package var id: String
    /// One sentence, as the writer has it.
    package var about: String
    package var subject: Subject
    /// What an event must be to count: all of them.
    package var filters: [Filter]
    package var claim: Claim
    /// From when on events count; nil from the beginning.
    package var from: Timestamp?
    /// Before when they count; nil to the end.
    package var until: Timestamp?

    package init(
      id: String,
      about: String,
      subject: Subject,
      filters: [Filter],
      claim: Claim,
      from: Timestamp? = nil,
      until: Timestamp? = nil
    ) {
      self.id = id
      self.about = about
      self.subject = subject
      self.filters = filters
      self.claim = claim
      self.from = from
      self.until = until
    }

    package enum Subject: String, Sendable, Codable, CaseIterable {
      /// Messages that people sent.
      case messages
      /// What the platform took from the vendor.
      case replies
      /// Requests that a provider answered or refused.
      case calls
      /// Reads of a key in a secret manager, by its own log.
      case retrievals
      /// Exchanges that the vendor opened, to whomever.
      case requests
      /// Keys and documents' markers seen where somebody looked for them.
      case finds
      /// Lines of the vendor's invoices.
      case invoices
    }

    package struct Filter: Sendable, Codable, Equatable {
      package var word: Word
      package var value: String

      package init(_ word: Word, _ value: String) {
        self.word = word
        self.value = value
      }
    }

    package enum Word: String, Sendable, Codable, CaseIterable {
      case tenant
      /// Who asked.
      case by
      /// Who reads along.
      case seenBy = "seen-by"
      case conversation = "in"
      /// `answered`, `refused`, `silent`, `undelivered`; `answer`, `refusal`; `completed`, ...
      case outcome
      /// The story's name of a key, as `acme/first`.
      case key
      /// Whose account pays: `customer` or `vendor`.
      case account
      /// A host.
      case host
      /// `chat` or `embeddings`.
      case endpoint
      case status
      /// A knowledge base, as `acme/hr-handbook`, or a document in it.
      case carries
      /// In milliseconds: from the message to its reply.
      case slowerThan = "slower-than"
      case surface
      /// Of an invoice's line: `seats`, `tokens`, `other`, `total`.
      case item
    }

    package enum Claim: Sendable, Codable, Equatable {
      /// None of the events is like that.
      case never
      /// Each of them is like that, too.
      case every([Filter])
      /// So many of them; nil for no bound.
      case count(atLeast: Int?, atMost: Int?)
      /// Added up: tokens of calls, cents of lines of invoices.
      case sum(atLeast: Int?, atMost: Int?)
    }
  }
}
