import ArgumentParser
import Providers
import Worlds

/// What a configuration means to the mock and its server.
extension MockConfiguration {
  /// - Throws: `ValidationError` for what does not go together.
  func settings() throws -> OpenAIMockSettings {
    var settings = OpenAIMockSettings()
    settings.journalCapacity = journal?.capacity?.value ?? 1_000
    if let status = access?.missingScopeStatus {
      guard [401, 403].contains(status) else {
        throw ValidationError("access.missingScopeStatus must be 401 or 403")
      }
      settings.missingScopeStatus = status
    }
    settings.deletesServiceAccountKeys = access?.deleteServiceAccountKeys ?? true
    settings.revocation = try propagation()
    settings.books.usageDelay = books?.usageDelay?.value ?? .zero
    settings.books.costsDelay = books?.costsDelay?.value ?? .zero
    settings.books.amounts = books?.amounts ?? .number
    for price in books?.prices ?? [] {
      guard
        let price = ModelPrice(
          model: price.model,
          input: price.input,
          cachedInput: price.cachedInput,
          output: price.output
        )
      else {
        throw ValidationError(
          "books.prices: '\(price.model)' wants dollars per million tokens, with at most 3 places"
        )
      }
      settings.books.prices.set(price)
    }
    return settings
  }

  private func propagation() throws -> RevocationPropagation {
    switch (revocation?.delay, revocation?.window) {
    case (nil, nil): return .immediate
    case (let delay?, nil): return .delay(delay.value)
    case (nil, let window?):
      let replicas = revocation?.replicas?.value ?? 8
      guard (2...1_000).contains(replicas) else {
        throw ValidationError("revocation.replicas must be from 2 to 1000")
      }
      return .window(window.value, replicas: replicas)
    default: throw ValidationError("revocation wants 'delay' or 'window', not both")
    }
  }

  /// Nothing is slow unless somebody asks for it.
  var speed: ModelSpeed {
    ModelSpeed(
      firstToken: latency?.firstToken?.value ?? .zero ... .zero,
      betweenTokens: latency?.betweenTokens?.value ?? .zero ... .zero,
      embedding: latency?.embedding?.value ?? .zero ... .zero
    )
  }

  var serverLimits: ServerLimits {
    var result = ServerLimits()
    if let connections = limits?.connections { result.connections = connections.value }
    if let idle = limits?.idle { result.idleSeconds = idle.wholeSeconds }
    if let body = limits?.body { result.bodySeconds = body.wholeSeconds }
    if let stall = limits?.stall { result.stallSeconds = stall.wholeSeconds }
    if let drain = limits?.drain { result.drainSeconds = drain.wholeSeconds }
    return result
  }
}
