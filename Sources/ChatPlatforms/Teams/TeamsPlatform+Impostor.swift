import HTTPTypes
import NIOCore
import Wire
import Worlds

extension TeamsPlatform {
  /// Brings one activity in the name of `person`, personally, by the given trick; never repeated,
  /// and not reported as an attempt.
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
      let body = try? json.bytes(activity(text, from: identity, in: place, message: message)),
      let token = try? token(trick, in: place)
    else { return 0 }
    var headers = deliveryHeaders(place)
    if !token.isEmpty { headers[.authorization] = "Bearer " + token }
    guard let answer = await delivery.post(body, headers) else { return 0 }
    if answer.status != 0 {
      observe(.deliveryResponse(message: message, body: answer.body))
    }
    return answer.status
  }

  /// The token of a trick; empty for none.
  private func token(_ trick: ImpostorTrick, in place: ChatPlace) throws -> String {
    let serviceURL = Self.serviceURL(of: place.tenant)
    var claims = claims(
      for: DeliveryTokens.Purpose(audience: bot.teamsAppID, serviceURL: serviceURL),
      at: clock.now
    )
    var key = IssuerKeys.Name.botFramework
    var manner = IssuerKeys.Manner.genuine
    switch trick {
    case .genuine: break
    case .forgedSignature: manner = .forged
    case .unsignedAlgorithm: manner = .unsigned
    case .expired:
      claims.nbf = NumericDate(seconds: clock.now.unixSeconds - 7_200)
      claims.exp = NumericDate(seconds: clock.now.unixSeconds - 3_600)
    case .wrongAudience: claims.aud = "0badc0de-0000-4000-8000-000000000002"
    case .wrongIssuer: claims.iss = "https://sts.windows.net/\(place.tenant.teamsTenantID)/"
    case .wrongServiceURL:
      claims.serviceurl = "https://\(Self.connectorHost)/emea/\(place.tenant.teamsTenantID)/"
    case .notEndorsed: key = .webChat
    case .noToken: return ""
    case .garbage: return Self.garbageToken
    }
    return try keys.sign(claims, as: key, manner)
  }

  /// Three parts that decode to nothing.
  static let garbageToken = "this.is!not.a%token"
}
