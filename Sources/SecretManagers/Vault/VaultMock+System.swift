import HTTPTypes
import Secrets
import Synchronization
import Wire
import Worlds

/// The server's own state, told to everybody.
extension VaultMock {
  static let version = "1.17.0-mock"

  func system(_ request: VaultRequest) -> ManagerAnswer {
    let isSealed = state.withLock { $0.isSealed || $0.fault == .sealed }
    switch (request.path, request.method) {
    case ("sys/health", .read): return health(isSealed, request)
    case ("sys/seal-status", .read): return ManagerAnswer(.ok, sealStatus(isSealed).json())
    case ("sys/init", .read):
      let value: JSONValue = ["initialized": .bool(true)]
      return ManagerAnswer(.ok, value.json())
    case ("sys/seal", .write):
      guard let token = holder(of: request.token), token.role == nil else {
        return .vaultDenied(note: AccessNote(.status, "sys/seal"))
      }
      state.withLock { $0.isSealed = true }
      return ManagerAnswer(.noContent, note: AccessNote(.status, "sys/seal", by: "root"))
    case ("sys/unseal", .write):
      // The mock has no shares to collect: whoever may ask for it opens it.
      state.withLock { $0.isSealed = false }
      return ManagerAnswer(
        .ok,
        sealStatus(state.withLock { $0.fault == .sealed }).json(),
        note: AccessNote(.status, "sys/unseal")
      )
    default:
      return .vault(isSealed ? .serviceUnavailable : .notFound)
    }
  }

  private func health(_ isSealed: Bool, _ request: VaultRequest) -> ManagerAnswer {
    var members: [JSONValue.Member] = [
      .init("initialized", .bool(true)), .init("sealed", .bool(isSealed)),
      .init("standby", .bool(isSealed)), .init("performance_standby", .bool(false)),
      .init("replication_performance_mode", .string(isSealed ? "unknown" : "disabled")),
      .init("replication_dr_mode", .string(isSealed ? "unknown" : "disabled")),
      .init("server_time_utc", .integer(Int(clock.now.unixSeconds))),
      .init("version", .string(Self.version)),
    ]
    if !isSealed {
      members.append(.init("cluster_name", .string("vault-cluster-mock")))
      members.append(.init("cluster_id", .string("00000000-0000-4000-8000-0000000000cc")))
    }
    let standard = isSealed ? 503 : 200
    let code = request.query[isSealed ? "sealedcode" : "activecode"].flatMap { Int($0) }
    let status = code.flatMap { (200...599).contains($0) ? $0 : nil } ?? standard
    return ManagerAnswer(.init(code: status), JSONValue.object(members).json())
  }

  private func sealStatus(_ isSealed: Bool) -> JSONValue {
    [
      "type": .string("shamir"), "initialized": .bool(true), "sealed": .bool(isSealed),
      "t": .integer(1), "n": .integer(1), "progress": .integer(0), "nonce": .string(""),
      "version": .string(Self.version), "migration": .bool(false),
      "recovery_seal": .bool(false), "storage_type": .string("inmem"),
    ]
  }
}
