extension GoogleChat {
  /// An interaction event, in the format of apps that are not add-ons.
  package struct Event: Sendable, Hashable, Codable {
    /// `MESSAGE`, `ADDED_TO_SPACE`, `REMOVED_FROM_SPACE`, ...; unknown types are to be tolerated.
    package var type: String
    package var eventTime: String?
    package var message: Message?
    package var user: User?
    package var space: Space?
    /// Of `CARD_CLICKED`, the button; `message` is the app's own, under which it stands.
    package var action: FormAction?

    package init(
      type: String,
      eventTime: String? = nil,
      message: Message? = nil,
      user: User? = nil,
      space: Space? = nil,
      action: FormAction? = nil
    ) {
      self.action = action
      self.type = type
      self.eventTime = eventTime
      self.message = message
      self.user = user
      self.space = space
    }
  }

  /// A button of a card, as somebody pressed it.
  package struct FormAction: Sendable, Hashable, Codable {
    package struct Parameter: Sendable, Hashable, Codable {
      package var key: String
      package var value: String

      package init(key: String, value: String) {
        self.key = key
        self.value = value
      }
    }

    /// The button's `function`.
    package var actionMethodName: String
    package var parameters: [Parameter]?

    package init(actionMethodName: String, parameters: [Parameter]? = nil) {
      self.actionMethodName = actionMethodName
      self.parameters = parameters
    }

    package subscript(key: String) -> String? {
      parameters?.first { $0.key == key }?.value
    }
  }

  package struct Membership: Sendable, Hashable, Codable {
    /// `spaces/{space}/members/{member}`.
    package var name: String
    /// `JOINED`, `INVITED` or `NOT_A_MEMBER`.
    package var state: String?
    /// `ROLE_MEMBER` or `ROLE_MANAGER`.
    package var role: String?
    package var member: User?

    package init(name: String, state: String? = nil, role: String? = nil, member: User? = nil) {
      self.name = name
      self.state = state
      self.role = role
      self.member = member
    }
  }

  /// One page of `GET /v1/{space}/members`; a token that is absent or empty ends the list.
  package struct MembershipList: Sendable, Hashable, Codable {
    package var memberships: [Membership]?
    package var nextPageToken: String?

    package init(memberships: [Membership]?, nextPageToken: String? = nil) {
      self.memberships = memberships
      self.nextPageToken = nextPageToken
    }
  }

  /// The error body that all of Google's REST interfaces share.
  package struct ErrorBody: Sendable, Hashable, Codable {
    package struct Details: Sendable, Hashable, Codable {
      package var code: Int
      package var message: String
      /// `INVALID_ARGUMENT`, `UNAUTHENTICATED`, `NOT_FOUND`, ...
      package var status: String?

      package init(code: Int, message: String, status: String?) {
        self.code = code
        self.message = message
        self.status = status
      }
    }

    package var error: Details

    package init(code: Int, message: String, status: String) {
      error = Details(code: code, message: message, status: status)
    }
  }
}
