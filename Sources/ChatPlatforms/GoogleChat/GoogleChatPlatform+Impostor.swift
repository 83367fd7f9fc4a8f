import HTTPTypes
import NIOCore
import Wire
import Worlds

extension GoogleChatPlatform {
  /// Brings one event in the name of `person`, as a direct message, by the given trick; never
  /// repeated, and not reported as an attempt. A message in the answer counts as a reply.
  ///
  /// - Returns: the status of the vendor's answer; 0 when none came.
  package func sendAsImpostor(
    trick: ImpostorTrick,
    _ text: String,
    person: String,
    message: String
  ) async -> Int {
    guard
      let identity = population.people[person],
      let place = population.place(for: identity, in: nil),
      let body = try? json.bytes(event(text, from: identity, in: place, message: message)),
      let token = try? token(trick)
    else { return 0 }
    var headers = Self.deliveryHeaders
    if !token.isEmpty { headers[.authorization] = "Bearer " + token }
    guard let answer = await delivery.post(body, headers) else { return 0 }
    if answer.status != 0 {
      observe(.deliveryResponse(message: message, body: answer.body))
    }
    takeAnswer(answer, to: message, in: place)
    return answer.status
  }

  /// The token of a trick; empty for none.
  private func token(_ trick: ImpostorTrick) throws -> String {
    var claims = claims(at: clock.now)
    var key = IssuerKeys.Name.googleChat
    var manner = IssuerKeys.Manner.genuine
    switch trick {
    case .genuine: break
    case .forgedSignature: manner = .forged
    case .unsignedAlgorithm: manner = .unsigned
    case .expired:
      claims.iat = NumericDate(seconds: clock.now.unixSeconds - 7_200)
      claims.exp = NumericDate(seconds: clock.now.unixSeconds - 3_600)
    case .wrongAudience: claims.aud = "999999999999"
    case .wrongIssuer: claims.iss = "https://accounts.google.com"
    case .wrongServiceURL: claims.aud = "https://other.vendor.example/api/google-chat"
    case .notEndorsed: key = .otherGoogle
    case .noToken: return ""
    case .garbage: return TeamsPlatform.garbageToken
    }
    return try keys.sign(claims, as: key, manner)
  }
}
