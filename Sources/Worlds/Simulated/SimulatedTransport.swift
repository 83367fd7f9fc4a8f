/// A sender's end of the simulated network.
struct SimulatedTransport: HTTPTransport {
  let network: SimulatedNetwork
  let sender: Sender

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    try Task.checkCancellation()
    try sender.checkAlive()
    let exchange = try network.open(request)
    let registration = try sender.register { exchange.abortClient() }
    defer {
      sender.unregister(registration)
      exchange.close()
    }
    return try await use(exchange.response())
  }
}
