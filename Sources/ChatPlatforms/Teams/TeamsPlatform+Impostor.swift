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
    await courier.deliverAsImpostor(
      message,
      from: person,
      authorize: { try authorization(trick, in: trick.place($0)) },
      pack: { parcel(text, from: $0, in: trick.place($1), message: message) }
    )?.answer.status ?? 0
  }

  /// Presses a button in the name of the press's person, by the given trick, once.
  ///
  /// - Returns: the status of the vendor's answer; 0 when none came, or no such button is.
  package func pressAsImpostor(trick: ImpostorTrick, _ press: ButtonPress) async -> Int {
    guard let (pressed, botMessage) = button(press) else { return 0 }
    let delivered = await courier.deliverAsImpostor(
      press.id,
      from: press.person,
      in: press.conversation,
      authorize: { try authorization(trick, in: trick.place($0)) },
      pack: { parcel(press, 1, pressed, under: botMessage, from: $0, in: trick.place($1)) }
    )
    // Whoever was let in sees what a person would.
    var isTold = false
    _ = take(delivered, of: press, &isTold)
    return delivered?.answer.status ?? 0
  }

  private func authorization(_ trick: ImpostorTrick, in place: ChatPlace) throws -> String? {
    var claims = claims(for: place)
    switch trick {
    case .expired:
      claims.nbf = NumericDate(seconds: clock.now.unixSeconds - 7_200)
      claims.exp = NumericDate(seconds: clock.now.unixSeconds - 3_600)
    case .wrongAudience: claims.aud = "0badc0de-0000-4000-8000-000000000002"
    case .wrongIssuer: claims.iss = "https://sts.windows.net/\(place.tenant.teamsTenantID)/"
    case .wrongServiceURL:
      claims.serviceurl = "https://\(Self.connectorHost)/emea/\(place.tenant.teamsTenantID)/"
    case .genuine, .forgedSignature, .notEndorsed, .wrongTenant, .unknownKey, .noToken,
      .unsignedAlgorithm, .confusedAlgorithm, .garbage:
      break
    }
    return try keys.authorization(
      trick,
      claims,
      as: trick == .notEndorsed ? .webChat : .botFramework
    )
  }
}

extension ImpostorTrick {
  /// An organisation that is nobody's customer.
  private static let strangers = "5712a96e-0000-4000-8000-000000000003"

  /// Where the activity says that it comes from.
  fileprivate func place(_ place: ChatPlace) -> ChatPlace {
    guard self == .wrongTenant else { return place }
    var other = place
    other.tenant.teamsTenantID = Self.strangers
    return other
  }
}
