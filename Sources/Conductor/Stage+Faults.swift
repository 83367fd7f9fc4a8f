import ChatPlatforms
import Evidence
import Providers
import ScenarioFiles
import Worlds

extension Stage {
  /// Begins a fault.
  ///
  /// - Returns: what ends it again.
  func begin(_ fault: FaultDescription) -> @Sendable () async throws -> Void {
    let name = "\(fault.name) between the vendor and the \(fault.place.rawValue)"
    recorder.record(.fault(.init(name: name, phase: .began)))
    set(fault, active: true)
    return {
      try await self.world.clock.sleep(for: fault.lasting)
      self.set(fault, active: false)
      self.recorder.record(.fault(.init(name: name, phase: .ended)))
    }
  }

  private func set(_ fault: FaultDescription, active: Bool) {
    if case .status(let code, let retryAfter) = fault.kind, fault.place == .directory {
      chat.directory.setRefusal(active ? .init(status: code, retryAfter: retryAfter) : nil)
      return
    }
    if let atProvider = fault.atProvider {
      for provider in openAIProviders { provider.setFault(active ? atProvider : nil) }
      azure?.setFault(active ? atProvider : nil)
      return
    }
    if let atManager = fault.atManager {
      manager?.setFault(active ? atManager : nil)
      return
    }
    var link = conditions.standard
    switch fault.kind {
    case .outage: link.isDown = true
    case .slow(let delay):
      link.delay = (link.delay.lowerBound + delay)...(link.delay.upperBound + delay)
    case .disorder(let delay):
      link.delay = link.delay.lowerBound...(link.delay.upperBound + delay)
    case .loss(let percent): link.lossPercent = percent
    case .duplication(let percent): link.duplicationPercent = percent
    case .reset(let percent): link.resetPercent = percent
    case .status, .redirect, .sealed, .refusing: break
    }
    if case .disorder = fault.kind {
      conditions.set(active ? link : nil, to: Cast.vendorHost)
      return
    }
    let hosts =
      switch fault.place {
      case .provider: cast.providerHosts
      case .chatPlatform: Self.chatHosts
      case .directory: Self.directoryHosts
      case .secretManager: cast.custody.hosts
      }
    for host in hosts { conditions.set(active ? link : nil, to: host) }
  }
}

extension FaultDescription {
  fileprivate var name: String {
    switch kind {
    case .outage: "outage"
    case .slow: "slowness"
    case .disorder: "disorder"
    case .loss: "loss"
    case .duplication: "duplication"
    case .reset: "resets"
    case .status(let code, _): "status \(code)"
    case .redirect(let host): "redirect to \(host)"
    case .sealed: "seal"
    case .refusing: "refusal"
    }
  }

  /// What the provider itself does wrong; nil for the network's doing.
  fileprivate var atProvider: ProviderFault? {
    switch kind {
    case .status(let code, let retryAfter): .status(code, retryAfter: retryAfter)
    case .redirect(let host): .redirect(toHost: host)
    default: nil
    }
  }
}
