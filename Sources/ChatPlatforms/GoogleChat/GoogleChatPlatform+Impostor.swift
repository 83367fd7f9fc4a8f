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
    let delivered = await courier.deliverAsImpostor(
      message,
      from: person,
      authorize: { _ in try authorization(trick) },
      pack: { parcel(text, from: trick.identity($0), in: $1, message: message) }
    )
    takeAnswer(delivered)
    return delivered?.answer.status ?? 0
  }

  /// Presses a button in the name of the press's person, by the given trick, once.
  ///
  /// - Returns: the status of the vendor's answer; 0 when none came, or no such button is.
  package func pressAsImpostor(trick: ImpostorTrick, _ press: ButtonPress) async -> Int {
    guard let (action, message) = button(press) else { return 0 }
    let thread = message.thread?.name
    if press.button == .retry { awaitAnswer(to: press, in: thread) }
    let delivered = await courier.deliverAsImpostor(
      press.id,
      from: press.person,
      in: press.conversation,
      authorize: { _ in try authorization(trick) },
      pack: { parcel(action, under: message, from: trick.identity($0), in: $1) }
    )
    // Whoever was let in sees what a person would, the answer that is still to come included.
    var isTold = false
    if !take(delivered, of: press, in: thread, &isTold) { expectNoAnswer(to: press, in: thread) }
    return delivered?.answer.status ?? 0
  }

  private func authorization(_ trick: ImpostorTrick) throws -> String? {
    var claims = claims()
    switch trick {
    case .expired:
      claims.iat = NumericDate(seconds: clock.now.unixSeconds - 7_200)
      claims.exp = NumericDate(seconds: clock.now.unixSeconds - 3_600)
    case .wrongAudience: claims.aud = "999999999999"
    case .wrongIssuer: claims.iss = "https://accounts.google.com"
    case .wrongServiceURL: claims.aud = "https://other.vendor.example/api/google-chat"
    case .genuine, .forgedSignature, .notEndorsed, .wrongTenant, .unknownKey, .noToken,
      .unsignedAlgorithm, .confusedAlgorithm, .garbage:
      break
    }
    return try keys.authorization(
      trick,
      claims,
      as: trick == .notEndorsed ? .otherGoogle : .googleChat
    )
  }
}

extension ImpostorTrick {
  /// Who the event says that it comes from: somebody of a domain that is nobody's customer.
  fileprivate func identity(_ identity: ChatIdentity) -> ChatIdentity {
    guard self == .wrongTenant else { return identity }
    var other = identity
    other.tenant.googleDomainID = "C05712a9e"
    return other
  }
}
