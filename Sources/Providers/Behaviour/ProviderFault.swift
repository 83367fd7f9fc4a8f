/// What a story makes the provider do wrong, until it is taken away.
package enum ProviderFault: Sendable, Equatable {
  /// Every call is answered with this status and its documented body, whatever its key.
  case status(Int, retryAfter: Duration? = nil)
  /// As `status`, for the next `count` calls; then the provider works again.
  case failures(count: Int, status: Int)
  /// Every call is sent on (307) to the same path at another host.
  case redirect(toHost: String)
  /// Streamed answers end after so many pieces of text, at the latest after their last: cleanly
  /// for HTTP, but with no finish reason and no `[DONE]`.
  case truncateStream(afterChunks: Int)
}
