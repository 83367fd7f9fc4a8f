import Synchronization
import Worlds

/// The bearer tokens of deliveries: signed when first needed, and used again until shortly before
/// they end, as the platforms do.
final class DeliveryTokens: Sendable {
  /// What a token is for; one is kept for each.
  struct Purpose: Hashable, Sendable {
    var audience: String
    var serviceURL: String?
  }

  /// How long a token is valid.
  static let lifetime: Int64 = 3_600
  /// How long before its end a token is used no more.
  private static let margin: Int64 = 300

  private struct Kept: Sendable {
    var authorization: String
    var until: Int64
  }

  private let kept = Mutex<[Purpose: Kept]>([:])

  /// The `Authorization` field for `purpose` at `now`.
  ///
  /// - Parameter sign: makes a token that is valid from `now` for `lifetime` seconds.
  func authorization(
    for purpose: Purpose,
    at now: Timestamp,
    sign: () throws -> String
  ) throws -> String {
    let seconds = now.unixSeconds
    let known = kept.withLock { $0[purpose] }
    if let known, seconds < known.until { return known.authorization }
    let authorization = "Bearer " + (try sign())
    kept.withLock {
      $0[purpose] = Kept(
        authorization: authorization,
        until: seconds + Self.lifetime - Self.margin
      )
    }
    return authorization
  }
}
