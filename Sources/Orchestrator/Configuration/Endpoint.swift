package import HTTPTypes

/// The base of an HTTP interface: scheme, host and a path without its last slash.
package struct Endpoint: Hashable, Sendable {
  package let scheme: String
  /// Host name, with a port where it is not the scheme's.
  package let authority: String
  package let path: String

  /// Nil for anything but a plain `http(s)://host[:port][/path]`: no user, query or fragment.
  package init?(_ url: String) {
    // By bytes: this is read from every message.
    let bytes = url.utf8
    let isSecure = bytes.starts(with: "https://".utf8)
    guard isSecure || bytes.starts(with: "http://".utf8) else { return nil }
    scheme = isSecure ? "https" : "http"
    let rest = bytes.dropFirst(scheme.utf8.count + "://".utf8.count)
    let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    let host = rest[..<slash]
    guard !host.isEmpty, host.allSatisfy(Self.mayStandInAuthority) else { return nil }
    var below = rest[slash...]
    if below.last == UInt8(ascii: "/") { below = below.dropLast() }
    guard below.allSatisfy(Self.mayStandInPath) else { return nil }
    authority = String(Substring(host))
    path = String(Substring(below))
  }

  package var url: String { "\(scheme)://\(authority)\(path)" }

  /// - Throws: `ConfigurationFault.badURL`.
  init(_ url: String, setting: String) throws(ConfigurationFault) {
    guard let endpoint = Endpoint(url) else {
      throw ConfigurationFault.badURL(setting: setting, value: url)
    }
    self = endpoint
  }

  /// - Parameter suffix: path and query below this endpoint, percent-encoded; empty, or from a
  ///   slash.
  package func head(
    _ method: HTTPRequest.Method,
    _ suffix: String = "",
    headers: HTTPFields = [:]
  ) -> HTTPRequest {
    HTTPRequest(
      method: method,
      scheme: scheme,
      authority: authority,
      path: path + suffix,
      headerFields: headers
    )
  }

  private static func mayStandInAuthority(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ":")
  }

  private static func mayStandInPath(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
      && byte != UInt8(ascii: "\\")
  }

  fileprivate static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}

extension String {
  /// This text as one segment of a path, or one value of a query or form.
  package var percentEncoded: String {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(utf8.count + 16)
    for byte in utf8 {
      if Endpoint.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
      {
        encoded.append(byte)
      } else {
        encoded.append(UInt8(ascii: "%"))
        encoded.append(Self.hexDigit(byte >> 4))
        encoded.append(Self.hexDigit(byte & 15))
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
