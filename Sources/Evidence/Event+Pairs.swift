/// A story that was played twice under one seed with nothing but a secret exchanged, and what
/// everybody saw of it in each play. The events of the history are those of the first play.
extension Event {
  package struct PairPlan: Sendable, Codable, Equatable {
    package enum Secret: String, Sendable, Codable, CaseIterable {
      /// The documents of some knowledge bases of a customer.
      case documents
      /// All that is a customer's: its documents, what its people ask, the values of its keys.
      case customer
      /// The values of a customer's keys.
      case key
    }

    package var secret: Secret
    package var tenant: String
    /// The knowledge bases whose documents were exchanged, by their names at the customer; empty
    /// where keys alone were.
    package var knowledge: [String]
    /// Every text and key that was exchanged, by name.
    package var parts: [Part]
    /// How often the secret was in use in each play: prompts with one of its documents in them, or,
    /// where keys alone were exchanged, calls that the provider took on one of them.
    package var firstUses: Int
    package var secondUses: Int

    package init(
      secret: Secret,
      tenant: String,
      knowledge: [String],
      parts: [Part],
      firstUses: Int,
      secondUses: Int
    ) {
      self.secret = secret
      self.tenant = tenant
      self.knowledge = knowledge
      self.parts = parts
      self.firstUses = firstUses
      self.secondUses = secondUses
    }

    package struct Part: Sendable, Codable, Equatable {
      package var name: String
      /// In the play whose events the history has.
      package var first: Value
      /// Nil where the second play went without it.
      package var second: Value?

      package init(name: String, first: Value, second: Value?) {
        self.name = name
        self.first = first
        self.second = second
      }
    }

    package struct Value: Sendable, Codable, Equatable {
      package var bytes: Int
      /// Tells equal from different, and nothing more.
      package var digest: String

      package init(bytes: Int, digest: String) {
        self.bytes = bytes
        self.digest = digest
      }
    }
  }

  /// One thing that somebody saw, in each of the two plays.
  package struct PairRow: Sendable, Codable, Equatable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
      case reply
      /// What people see of a reply that is still growing.
      case partial
      /// The sign that the assistant is typing.
      case typing
      /// How the delivery of a message was answered: its status, and what came with it.
      case delivery
      /// What the vendor's admin API answered.
      case adminAnswer
    }

    package var kind: Kind
    package var tenant: String
    /// Everybody in it sees it; nil for what the customer's administrator sees.
    package var conversation: String?
    /// The message that it belongs to, or what the administrator asked for.
    package var subject: String
    /// From 1, among those of this kind about the same.
    package var number: Int
    /// In the play whose events the history has; nil where it was seen in the other one alone.
    package var first: Side?
    package var second: Side?

    package init(
      kind: Kind,
      tenant: String,
      conversation: String?,
      subject: String,
      number: Int,
      first: Side?,
      second: Side?
    ) {
      self.kind = kind
      self.tenant = tenant
      self.conversation = conversation
      self.subject = subject
      self.number = number
      self.first = first
      self.second = second
    }

    package struct Side: Sendable, Codable, Equatable {
      /// From the story's beginning; in an admin API's answer, from the request.
      package var nanoseconds: Int64
      /// Its place among all that was seen there, from 1.
      package var place: Int
      /// Of the text, in UTF-8.
      package var bytes: Int
      package var digest: String
      /// Of texts that differ, what stands around the first difference.
      package var excerpt: String?

      package init(
        nanoseconds: Int64,
        place: Int,
        bytes: Int,
        digest: String,
        excerpt: String? = nil
      ) {
        self.nanoseconds = nanoseconds
        self.place = place
        self.bytes = bytes
        self.digest = digest
        self.excerpt = excerpt
      }
    }
  }
}
