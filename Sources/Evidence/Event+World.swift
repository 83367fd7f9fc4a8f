package import Secrets
package import Worlds

extension Event {
  /// An exchange that the vendor opened.
  package struct Exchange: Sendable, Codable, Equatable {
    package var host: String
    package var method: String
    package var path: String
    /// The credential that travelled, as a fingerprint; nil when it is none of the run's keys.
    package var key: Fingerprint?
    /// Bytes of the request's head and body without its credential headers.
    package var requestBytes: Int
    /// 0 when no response came.
    package var status: Int
    /// The `order` of the provider's call that this was, as the response named it; nil for what is
    /// none, and where no response said so.
    package var call: Int?
    /// The bodies, as far as the vendor read the second; nil for an empty one, and where a body is
    /// secret in itself.
    package var request: Payload?
    package var response: Payload?

    package init(
      host: String,
      method: String,
      path: String,
      key: Fingerprint?,
      requestBytes: Int,
      status: Int,
      call: Int? = nil,
      request: Payload? = nil,
      response: Payload? = nil
    ) {
      self.call = call
      self.request = request
      self.response = response
      self.host = host
      self.method = method
      self.path = path
      self.key = key
      self.requestBytes = requestBytes
      self.status = status
    }
  }

  package struct Sighting: Sendable, Codable, Equatable {
    package enum Subject: Sendable, Equatable, Hashable {
      /// A key's value, in the clear or in the named encoding.
      case key(Fingerprint)
      case canary(String)
    }

    package var subject: Subject
    package var surface: Surface
    /// Where on the surface: a file's name, a header, a path.
    package var place: String
    /// `plain`, `base64`, `hex`, ...
    package var encoding: String

    package init(subject: Subject, surface: Surface, place: String, encoding: String) {
      self.subject = subject
      self.surface = surface
      self.place = place
      self.encoding = encoding
    }
  }

  /// Where a key or a canary can come to light.
  package enum Surface: String, Sendable, Codable, CaseIterable {
    case storage
    case log
    case reply
    case adminResponse
    case deliveryResponse
    /// A request of the vendor to a host that is not a provider, or outside of its credential
    /// headers.
    case request
    /// What the vendor answers operators who ask for its health and its metrics.
    case metrics
    /// What the system shows of a vendor's process: its environment, and the words that it was
    /// started with.
    case environment
    case arguments
    /// What a vendor's process writes to its standard output and standard error.
    case output
  }

  package struct Searched: Sendable, Codable, Equatable {
    package var surface: Surface
    package var items: Int
    package var bytes: Int
    /// How many questions and answers were looked for; nil where keys were.
    package var texts: Int?

    package init(surface: Surface, items: Int, bytes: Int, texts: Int? = nil) {
      self.surface = surface
      self.items = items
      self.bytes = bytes
      self.texts = texts
    }
  }

  package enum VendorChange: String, Sendable, Codable {
    case started
    case stopped
    case crashed
  }

  package struct Fault: Sendable, Codable, Equatable {
    package enum Phase: String, Sendable, Codable {
      case began
      case struck
      case ended
    }

    package var name: String
    package var phase: Phase

    package init(name: String, phase: Phase) {
      self.name = name
      self.phase = phase
    }
  }

  package struct Expectation: Sendable, Codable, Equatable {
    package var line: Int
    package var text: String
    package var met: Bool
    /// What was seen instead, when it was not met.
    package var observed: String
    /// When it was not met any more; nil where it was.
    package var failedAt: Timestamp?

    package init(
      line: Int,
      text: String,
      met: Bool,
      observed: String,
      failedAt: Timestamp? = nil
    ) {
      self.failedAt = failedAt
      self.line = line
      self.text = text
      self.met = met
      self.observed = observed
    }
  }
}
