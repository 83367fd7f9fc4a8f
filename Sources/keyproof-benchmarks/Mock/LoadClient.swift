import Foundation
import NIOCore
import NIOPosix

/// What a client asks, with the key that it asks with.
struct LoadRequest: Sendable {
  var method: String
  var path: String
  var key: String
  var body: String
}

/// Sends requests again and again over connections that are kept open, each of which waits for
/// its answer before it asks again. It looks for no more in an answer than where it ends: what the
/// client takes from the machine is little, and the same for every server.
struct LoadClient: Sendable {
  static let connections = 32

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  struct Load: Sendable {
    var elapsed: Duration
    /// The first answer, as it stood on the wire.
    var sample: String
  }

  let host: String
  let port: Int
  let key: String

  init(_ server: ServerProcess, key: String) {
    host = server.origin.host ?? "127.0.0.1"
    port = server.origin.port ?? 80
    self.key = key
  }

  /// One request, so many times.
  func send(_ count: Int, _ method: String, _ path: String, _ body: String) async throws -> Load {
    try await send(count, [LoadRequest(method: method, path: path, key: key, body: body)])
  }

  /// - Parameter requests: are sent in turns.
  /// - Returns: how long it took until all answers were there.
  /// - Throws: `Failure` when an answer is not a 200, or a connection ends.
  func send(_ count: Int, _ requests: [LoadRequest]) async throws -> Load {
    let progress = LoadProgress(count)
    let requests = requests.map { ByteBuffer(string: head($0) + $0.body) }
    // One thread, like a client that has better things to do.
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let bootstrap = ClientBootstrap(group: group).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        let handler = LoadHandler(requests: requests, progress: progress)
        try channel.pipeline.syncOperations.addHandler(handler)
      }
    }
    let begin = ContinuousClock.now
    do {
      var channels: [any Channel] = []
      for _ in 0..<min(count, Self.connections) {
        channels.append(try await bootstrap.connect(host: host, port: port).get())
      }
      for channel in channels { try await channel.closeFuture.get() }
    } catch {
      try await group.shutdownGracefully()
      throw Failure(description: "\(host):\(port): \(error)")
    }
    let elapsed = ContinuousClock.now - begin
    try await group.shutdownGracefully()
    let (sample, fault) = progress.outcome
    if let fault { throw Failure(description: "\(host):\(port): \(fault)") }
    return Load(elapsed: elapsed, sample: sample)
  }

  private func head(_ request: LoadRequest) -> String {
    [
      "\(request.method) \(request.path) HTTP/1.1", "host: \(host):\(port)",
      "authorization: Bearer \(request.key)", "content-type: application/json",
      "content-length: \(request.body.utf8.count)", "", "",
    ].joined(separator: "\r\n")
  }
}
