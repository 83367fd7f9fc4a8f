/// What one client, or all of them, may take of a server.
struct ServerLimits: Equatable {
  /// Connections open at once; more wait in the system's queue.
  var connections = 1_024
  /// All header fields of a request together.
  var headerBytes = 32 * 1_024
  var headerFields = 128
  /// Until a connection without a whole request is closed.
  var idleSeconds = 60
  /// Until a request's body must be there.
  var bodySeconds = 60
  /// Until a client that takes no more of its answer is let go.
  var stallSeconds = 30
  /// For open answers, once the server was asked to stop.
  var drainSeconds = 5
}
