import Secrets
import Synchronization
import Wire
import Worlds

/// Counts what calls use, in the vendor's own records: each attempt that the provider took up once,
/// whatever became of it.
struct ModelMeter: Sendable {
  let usage: UsageStore
  let fingerprinter: Fingerprinter
  let clock: any WorldClock

  func account(
    _ call: ModelCall,
    _ payer: DeploymentModel.Payer,
    _ credential: ModelCredential,
    endpoint: String,
    model: String
  ) -> UsageAccount {
    var account = UsageAccount(
      tenant: call.tenant,
      payer: payer,
      endpoint: endpoint,
      model: model
    )
    if payer == .customer {
      account.fingerprint = fingerprinter.fingerprint(of: credential.secret).description
      account.lastFour = credential.secret.lastFour
    }
    return account
  }

  /// Performs an exchange, and counts it once the provider has begun to answer.
  func count<Result: Sendable>(
    _ account: UsageAccount,
    _ exchange: (_ begun: @escaping @Sendable () -> Void) async throws -> (Result, TokenUsage?)
  ) async throws -> Result {
    let begun = Begun()
    let outcome: Swift.Result<(Result, TokenUsage?), any Error>
    do {
      let (result, stated) = try await exchange { begun.raise() }
      outcome = .success((result, stated))
    } catch {
      outcome = .failure(error)
    }
    switch outcome {
    case .success(let (result, stated)):
      usage.record(stated, of: account, at: clock.now)
      return result
    case .failure(let error):
      if begun.isRaised { usage.record(nil, of: account, at: clock.now) }
      throw error
    }
  }

  private final class Begun: Sendable {
    private let raised = Mutex(false)

    var isRaised: Bool { raised.withLock { $0 } }

    func raise() { raised.withLock { $0 = true } }
  }
}
