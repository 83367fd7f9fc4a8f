import Synchronization
import Wire
import Worlds

/// One request from its authentication to its report. It reports itself exactly once: when it is
/// ended, or when nobody holds it any more, which means that the client has gone.
final class OngoingCall: Sendable {
  /// Who may use what, as it was when the credential was checked.
  enum Standing: Sendable {
    case accepted(ProviderAccounts.Key)
    /// On the administration API.
    case administrator(ProviderAccounts.AdminKey)
    case refused(Refusal)
  }

  let standing: Standing
  /// The fault in force when the call was admitted.
  let fault: ProviderFault?
  private let state: Mutex<State>
  private let report: @Sendable (ObservedCall) -> Void
  private let clock: any WorldClock

  private struct State: Sendable {
    var observed: ObservedCall
    var isReported = false
  }

  /// - Parameter standing: what is left out is kept by the provider itself; here nothing is allowed
  ///   by it.
  init(
    observed: ObservedCall,
    standing: Standing = .refused(.noKey),
    fault: ProviderFault?,
    clock: any WorldClock,
    report: @escaping @Sendable (ObservedCall) -> Void
  ) {
    state = Mutex(State(observed: observed))
    self.standing = standing
    self.fault = fault
    self.clock = clock
    self.report = report
  }

  deinit {
    end(.cutOff)
  }

  /// What is known of the call so far.
  var observed: ObservedCall {
    state.withLock { $0.observed }
  }

  func update(_ change: @Sendable (inout ObservedCall) -> Void) {
    state.withLock { change(&$0.observed) }
  }

  /// Ends the call and reports it; does nothing when it has ended before.
  func end(
    _ outcome: ObservedCall.Outcome,
    _ change: @Sendable (inout ObservedCall) -> Void = { _ in }
  ) {
    let now = clock.now
    let ended: ObservedCall? = state.withLock { state in
      guard !state.isReported else { return nil }
      state.isReported = true
      change(&state.observed)
      state.observed.outcome = outcome
      state.observed.endedAt = now
      return state.observed
    }
    if let ended { report(ended) }
  }
}
