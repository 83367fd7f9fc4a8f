import HTTPTypes
import Secrets
import Wire

/// What a request presents. Where it has both headers, the key's counts.
enum AzureCredential: Sendable {
  case none
  case key(Secret)
  /// A token of Entra; on the surface without versions a key too.
  case bearer(Secret)

  init(_ headers: HTTPFields) {
    if let key = headers[AzureHeader.apiKey], !key.isEmpty {
      self = .key(Secret(key))
    } else if let token = Self.bearer(headers[.authorization]) {
      self = .bearer(token)
    } else {
      self = .none
    }
  }

  var secret: Secret? {
    switch self {
    case .none: nil
    case .key(let secret), .bearer(let secret): secret
    }
  }

  static func bearer(_ value: String?) -> Secret? {
    guard let value, value.utf8.count > 7, value.prefix(7).lowercased() == "bearer " else {
      return nil
    }
    let token = value.dropFirst(7).drop { $0 == " " }
    return token.isEmpty ? nil : Secret(String(token))
  }
}
