package import Secrets

extension Event {
  /// An engineer of the vendor looked at a deployment with one of its tools.
  package struct Inspection: Sendable, Codable, Equatable {
    /// What deployments are run with.
    package enum Tool: String, Sendable, Codable, CaseIterable {
      /// The deployment's status page.
      case status
      /// The configuration as the deployment shows it.
      case configuration
      /// The search in the log.
      case log
      /// Addresses at which programs tell operators of themselves: health, metrics, debugging.
      case endpoints
      /// A database shell on a copy of the storage.
      case database
      /// What the system shows of a process: the environment that it was started with.
      case environment
      /// The words that it was started with.
      case arguments
    }

    /// A key, or a part of one, that the tool showed.
    package struct Shown: Sendable, Codable, Equatable {
      package var key: Fingerprint
      /// As `Sighting.encoding`.
      package var encoding: String

      package init(key: Fingerprint, encoding: String) {
        self.key = key
        self.encoding = encoding
      }
    }

    /// The customer whose deployment it is.
    package var tenant: String
    package var tool: Tool
    /// The page, file or endpoint.
    package var place: String
    /// Whether the tool worked. An endpoint that is not there answered, too.
    package var answered: Bool
    /// How much of it was searched for keys.
    package var bytes: Int
    package var shown: [Shown]

    package init(
      tenant: String,
      tool: Tool,
      place: String,
      answered: Bool,
      bytes: Int,
      shown: [Shown] = []
    ) {
      self.tenant = tenant
      self.tool = tool
      self.place = place
      self.answered = answered
      self.bytes = bytes
      self.shown = shown
    }
  }
}
