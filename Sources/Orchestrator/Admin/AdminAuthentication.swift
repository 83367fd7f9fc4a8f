import Crypto
import Foundation

/// Checks administrators' tokens against the hashes that are configured; the tokens are nowhere.
struct AdminAuthentication: Sendable {
  enum Finding {
    case granted
    /// No token, or one of nobody.
    case unknown
    /// A genuine token of another customer.
    case foreign
  }

  private let hashes: [(tenant: String, hash: [UInt8])]

  init(_ tenants: [OrchestratorConfiguration.Tenant]) {
    hashes = tenants.map { ($0.id, Array($0.adminTokenSHA256.lowercased().utf8)) }
  }

  /// Compares with all hashes, each in constant time.
  func check(authorization: String?, for tenant: String) -> Finding {
    let prefix = "Bearer "
    guard let authorization, authorization.hasPrefix(prefix),
      authorization.utf8.count <= 1_024
    else { return .unknown }
    let digest = SHA256.hash(data: Data(authorization.dropFirst(prefix.count).utf8))
    let given = digest.flatMap { [Self.hexDigit($0 >> 4), Self.hexDigit($0 & 15)] }
    var finding = Finding.unknown
    for (owner, hash) in hashes where Self.areEqual(given, hash) {
      finding = owner == tenant ? .granted : .foreign
      if owner == tenant { break }
    }
    return finding
  }

  private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
