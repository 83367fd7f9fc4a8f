/// How a platform delivers to a bot. How often and when Teams repeats is not documented, so it is
/// configuration.
package struct DeliveryPolicy: Sendable, Equatable {
  /// How long the platform waits for an answer.
  package var timeout: Duration
  /// The pauses before each repetition; as many repetitions as there are pauses.
  package var pauses: [Duration]

  package init(timeout: Duration, pauses: [Duration]) {
    self.timeout = timeout
    self.pauses = pauses
  }

  /// Waits 15 seconds, and repeats up to three times with growing pauses.
  package static let teams = DeliveryPolicy(
    timeout: .seconds(15),
    pauses: [.seconds(5), .seconds(15), .seconds(45)]
  )

  /// Waits 30 seconds, and does not repeat.
  package static let googleChat = DeliveryPolicy(timeout: .seconds(30), pauses: [])

  /// Whether an answer is worth a repetition: none in time, or a gateway's failure.
  static func isTransient(_ status: Int) -> Bool {
    status == 0 || (502...504).contains(status)
  }
}
