import Foundation
import HTTPTypes
import Hummingbird
import Secrets
import Wire

/// A request to Vault, taken apart.
struct VaultRequest: Sendable {
  enum Method: Sendable {
    case read
    /// POST and PUT are one to Vault.
    case write
    case delete
    case list
  }

  let method: Method
  /// Below `/v1/`, decoded, without a slash at its end.
  let path: String
  /// Without percent-encoding; the last of several with one name.
  let query: [String: String]
  let token: Secret?
  let namespace: String
  let body: [UInt8]

  /// Nil for what lies outside of `/v1/`, and for methods that Vault does not know.
  init?(_ request: Request, body: [UInt8]) {
    let (path, query) = request.target
    guard path.hasPrefix("/v1/"),
      let decoded = String(path.dropFirst(4)).removingPercentEncoding,
      !decoded.split(separator: "/").contains("..")
    else { return nil }
    self.query = Self.parameters(query)
    switch request.method.rawValue {
    case "GET": method = self.query["list"] == "true" ? .list : .read
    case "LIST": method = .list
    case "POST", "PUT": method = .write
    case "DELETE": method = .delete
    default: return nil
    }
    self.path = decoded.hasSuffix("/") ? String(decoded.dropLast()) : decoded
    self.body = body
    namespace = request.headers[Vault.namespaceHeader] ?? ""
    if let token = request.headers[Vault.tokenHeader] {
      self.token = Secret(token)
    } else if let bearer = request.headers[.authorization], bearer.hasPrefix("Bearer ") {
      token = Secret(String(bearer.dropFirst(7)))
    } else {
      token = nil
    }
  }

  /// What follows `prefix/`; nil for another path.
  func rest(after prefix: String) -> String? {
    guard path.hasPrefix(prefix + "/") else { return nil }
    let rest = path.dropFirst(prefix.count + 1)
    return rest.isEmpty ? nil : String(rest)
  }

  /// The policies' word for what is asked.
  var capability: VaultRole.Capability {
    switch method {
    case .read: .read
    case .write: .update
    case .delete: .delete
    case .list: .list
    }
  }

  /// For requests that are turned away before anybody looks into them.
  var note: AccessNote {
    let operation: SecretAccess.Operation =
      if path.hasPrefix("auth/") { .login } else {
        switch method {
        case .read: .read
        case .write:
          path.hasPrefix("transit/decrypt/")
            ? .decrypt : path.hasPrefix("transit/encrypt/") ? .encrypt : .write
        case .delete: .destroy
        case .list: .list
        }
      }
    return AccessNote(operation, path)
  }

  private static func parameters(_ query: String) -> [String: String] {
    query.split(separator: "&").reduce(into: [:]) { parameters, part in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = sides.count > 1 ? String(sides[1]) : ""
      parameters[String(sides[0])] = value.removingPercentEncoding ?? value
    }
  }
}
