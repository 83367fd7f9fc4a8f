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
    } else if let token = Secret(bearer: headers[.authorization]) {
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
}
