import HTTPTypes
import Hummingbird
import Secrets
import Wire
import Worlds

/// Verifies the signature of a request from what arrived, and from nothing that the sender says of
/// it.
struct SigV4Check: Sendable {
  enum Finding: Sendable {
    case good(AWSIdentity)
    case bad(type: String, message: String)
  }

  static let skew: Duration = .seconds(300)

  let identities: [AWSIdentity]
  let region: String
  let now: Timestamp

  func check(_ request: Request, body: [UInt8]) -> Finding {
    guard let text = request.headers[.authorization],
      let authorization = SigV4.Authorization(text)
    else {
      return .bad(
        type: "MissingAuthenticationTokenException",
        message: "Request is missing Authentication Token"
      )
    }
    guard let identity = identities.first(where: { $0.accessKeyID == authorization.accessKeyID })
    else {
      return .bad(
        type: AWSSecretsManager.ErrorType.unknownKey,
        message: "The security token included in the request is invalid."
      )
    }
    if let token = identity.sessionToken {
      let given = request.headers[AWSSecretsManager.sessionTokenHeader].map { Secret($0) }
      guard given == token else {
        return .bad(
          type: AWSSecretsManager.ErrorType.unknownKey,
          message: "The security token included in the request is invalid."
        )
      }
    }
    guard let moment = request.headers[AWSSecretsManager.dateHeader],
      let sentAt = Timestamp(basicISO8601: moment),
      moment.hasPrefix(authorization.scope.date + "T")
    else { return Self.mismatch("Date in Credential scope does not match the request's date.") }
    guard sentAt <= now + Self.skew, now <= sentAt + Self.skew else {
      return Self.mismatch("Signature expired: \(moment) is not within 5 minutes of the server.")
    }
    guard authorization.scope.region == region,
      authorization.scope.service == AWSSecretsManager.service
    else { return Self.mismatch("Credential should be scoped to a valid region and service.") }
    // What is not signed could have been changed on the way.
    let needed = ["host", "x-amz-date"]
    guard needed.allSatisfy(authorization.signedHeaders.contains) else {
      return Self.mismatch("'Host' must be a 'SignedHeader' in the AWS Authorization.")
    }
    let expected = SigV4.signature(
      of: Self.parts(request, body: body, names: authorization.signedHeaders),
      signing: authorization.signedHeaders,
      at: moment,
      in: authorization.scope,
      with: identity.secretAccessKey
    )
    guard Secret(expected) == Secret(authorization.signature) else {
      return Self.mismatch(
        "The request signature we calculated does not match the signature you provided."
      )
    }
    return .good(identity)
  }

  private static func parts(
    _ request: Request,
    body: [UInt8],
    names: [String]
  ) -> SigV4.SignedParts {
    var headers: [String: String] = [:]
    for name in names {
      if name == "host" {
        headers[name] = request.head.authority ?? ""
      } else if let field = HTTPField.Name(name) {
        headers[name] = request.headers[values: field].joined(separator: ",")
      }
    }
    let (path, query) = request.target
    return SigV4.SignedParts(
      method: request.method.rawValue,
      path: path,
      query: query,
      headers: headers,
      body: body
    )
  }

  private static func mismatch(_ message: String) -> Finding {
    .bad(type: AWSSecretsManager.ErrorType.signature, message: message)
  }
}

extension Timestamp {
  /// `20261123T131955Z`; nil for anything else.
  init?(basicISO8601 text: String) {
    let signs = Array(text)
    guard signs.count == 16 else { return nil }
    let date = "\(String(signs[0..<4]))-\(String(signs[4..<6]))-\(String(signs[6..<8]))"
    let time = "\(String(signs[9..<11])):\(String(signs[11..<13])):\(String(signs[13..<15]))"
    guard signs[8] == "T", signs[15] == "Z" else { return nil }
    self.init(iso8601: "\(date)T\(time)Z")
  }
}
