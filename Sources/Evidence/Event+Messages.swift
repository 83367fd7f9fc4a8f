extension Event {
  package struct MessageSent: Sendable, Codable, Equatable {
    /// The harness's id of the message, unique in the run.
    package var message: String
    package var person: String
    package var tenant: String
    package var conversation: String
    package var platform: Platform
    /// The canary that stands for the question's text.
    package var questionCanary: String
    /// What the story calls it, where it has a name: the step's line.
    package var step: Int
    /// Set where it is a command to the assistant itself, which answers in its own words; nil for a
    /// question.
    package var isCommand: Bool?

    package init(
      message: String,
      person: String,
      tenant: String,
      conversation: String,
      platform: Platform,
      questionCanary: String,
      step: Int,
      isCommand: Bool? = nil
    ) {
      self.isCommand = isCommand
      self.message = message
      self.person = person
      self.tenant = tenant
      self.conversation = conversation
      self.platform = platform
      self.questionCanary = questionCanary
      self.step = step
    }
  }

  package struct Delivery: Sendable, Codable, Equatable {
    package var message: String
    /// From 1; above it for a repetition, the platform's own or one of the story.
    package var attempt: Int
    /// 0 when no answer came.
    package var status: Int
    /// What the platform sent, and what the vendor answered; nil where that was nothing.
    package var request: Payload?
    package var response: Payload?

    package init(
      message: String,
      attempt: Int,
      status: Int,
      request: Payload? = nil,
      response: Payload? = nil
    ) {
      self.message = message
      self.attempt = attempt
      self.status = status
      self.request = request
      self.response = response
    }
  }

  package struct Reply: Sendable, Codable, Equatable {
    package enum Nature: String, Sendable, Codable {
      /// Carries the marker of a completion: somebody's model answered.
      case answer
      /// Words of the vendor's own: a refusal, a notice.
      case notice
      /// What a person sees of an answer that is still growing: it can leak like any reply, but it
      /// answers nothing yet.
      case partial
    }

    /// The message that it answers, by the platform's reply id or by its place in a synchronous
    /// answer; nil when it answers none.
    package var message: String?
    package var conversation: String
    package var tenant: String
    package var nature: Nature
    /// Completion canaries found in it: the calls that it rests on.
    package var completionCanaries: [String]
    /// Other canaries found in it: documents and questions.
    package var canaries: [String]
    /// Of a notice, its words, cut at 300 characters; of an answer nothing.
    package var words: String?
    /// Length of the text in UTF-16 units.
    package var length: Int
    /// Replaces the text of an earlier reply to the same message. Nil for false.
    package var isUpdate: Bool?

    package init(
      message: String?,
      conversation: String,
      tenant: String,
      nature: Nature,
      completionCanaries: [String] = [],
      canaries: [String] = [],
      words: String? = nil,
      length: Int,
      isUpdate: Bool? = nil
    ) {
      self.isUpdate = isUpdate
      self.message = message
      self.conversation = conversation
      self.tenant = tenant
      self.nature = nature
      self.completionCanaries = completionCanaries
      self.canaries = canaries
      self.words = words
      self.length = length
    }
  }

  /// Somebody pressed a button under an answer. One that asks again is a message sent as well.
  package struct ButtonPressed: Sendable, Codable, Equatable {
    /// `retry`, `helpful` or `unhelpful`.
    package var button: String
    package var person: String
    package var tenant: String
    /// The message whose answer the button stood under; nil where there was no such button.
    package var message: String?
    /// Whether the platform took the vendor's answers for successes.
    package var taken: Bool
    /// The line of the story's step.
    package var step: Int

    package init(
      button: String,
      person: String,
      tenant: String,
      message: String?,
      taken: Bool,
      step: Int
    ) {
      self.button = button
      self.person = person
      self.tenant = tenant
      self.message = message
      self.taken = taken
      self.step = step
    }
  }

  package struct Impostor: Sendable, Codable, Equatable {
    package enum Trick: String, Sendable, Codable, CaseIterable {
      /// A genuine token and activity: the control that the door opens at all.
      case genuine
      /// Signed by a key that the issuer never published.
      case forgedSignature = "forged-signature"
      case expired
      case wrongAudience = "wrong-audience"
      /// Genuine, of an organisation that is no customer.
      case wrongTenant = "wrong-tenant"
      case wrongIssuer = "wrong-issuer"
      /// The token names another `serviceurl` than the activity.
      case wrongServiceURL = "wrong-service-url"
      /// The signing key is not endorsed for the activity's channel.
      case notEndorsed = "not-endorsed"
      /// Signed by a key of a name that the issuer never published.
      case unknownKey = "unknown-key"
      case noToken = "no-token"
      case unsignedAlgorithm = "unsigned-algorithm"
      /// A hash that is keyed with the issuer's public key.
      case confusedAlgorithm = "confused-algorithm"
      case garbage
    }

    package var message: String
    package var trick: Trick
    package var platform: Platform
    package var status: Int

    package init(message: String, trick: Trick, platform: Platform, status: Int) {
      self.message = message
      self.trick = trick
      self.platform = platform
      self.status = status
    }
  }

  package struct MemberChanged: Sendable, Codable, Equatable {
    package var person: String
    package var conversation: String
    package var isMember: Bool

    package init(person: String, conversation: String, isMember: Bool) {
      self.person = person
      self.conversation = conversation
      self.isMember = isMember
    }
  }

  package struct PersonMoved: Sendable, Codable, Equatable {
    /// In place of a department: the person's account has been deactivated.
    package static let nowhere = ""

    package var person: String
    package var department: String

    package init(person: String, department: String) {
      self.person = person
      self.department = department
    }
  }

  package struct DocumentChanged: Sendable, Codable, Equatable {
    package enum Change: String, Sendable, Codable {
      case added
      case removed
    }

    package var document: String
    package var knowledge: String
    package var tenant: String
    package var change: Change

    package init(document: String, knowledge: String, tenant: String, change: Change) {
      self.document = document
      self.knowledge = knowledge
      self.tenant = tenant
      self.change = change
    }
  }
}

extension Event.Reply {
  /// Whether a person is told that the message waits, and so that there is more to come.
  package var saysItWaits: Bool {
    nature == .notice && words?.lowercased().contains("waits") == true
  }
}
