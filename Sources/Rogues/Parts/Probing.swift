import Orchestrator
import Secrets
import Synchronization
import Worlds

extension VendorSetup {
  /// The product, which tries dead keys by the clock as well.
  ///
  /// - Parameter throughTheGate: with the model whose gate counts tries; else with one that takes
  ///   no note of what becomes of them.
  func probingDeadKeys(
    every interval: Duration,
    throughTheGate: Bool = false
  ) throws -> Program {
    let box = PartsBox()
    var program = try program { environment in
      let parts = try OrchestratorParts.standard(environment)
      let blind = try OpenAILanguageModel(
        environment,
        custody: UnmarkedCustody(base: parts.custody),
        retries: RetryPolicy.none
      )
      box.fill(parts.custody, throughTheGate ? parts.model : blind)
      return parts
    }
    let clock = surroundings.clock
    let tenants = configuration.tenants.map(\.id)
    let work = program.background
    program.background = {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await work() }
        group.addTask {
          while true {
            try await clock.sleep(for: interval)
            for tenant in tenants { await box.probe(tenant, at: clock.now) }
          }
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
    return program
  }
}

/// The parts that the program was built with.
private final class PartsBox: Sendable {
  private typealias Parts = (custody: any KeyCustody, model: any LanguageModel)
  private let parts = Mutex<Parts?>(nil)

  func fill(_ custody: any KeyCustody, _ model: any LanguageModel) {
    parts.withLock { $0 = (custody, model) }
  }

  func probe(_ tenant: String, at now: Timestamp) async {
    guard let (custody, model) = parts.withLock({ $0 }),
      let summary = try? custody.summary(of: tenant), summary.state == .rejected
    else { return }
    let call = ModelCall(
      tenant: tenant,
      exchange: "probe/\(tenant)/\(now.nanoseconds)",
      deadline: now + .seconds(10)
    )
    _ = try? await model.embed(["key"], for: call)
  }
}

/// Says of no key that it is dead, and takes no note of what becomes of it.
struct UnmarkedCustody: CustodyVariant {
  let base: any KeyCustody

  func summary(of tenant: String) throws -> KeySummary? {
    var summary = try base.summary(of: tenant)
    summary?.rejectedAt = nil
    return summary
  }

  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {}
}
