package import Evidence
import Worlds

/// No message is lost, and after a crash at most one reply comes twice, and only where the platform
/// cannot tell it from the first.
package enum DeliveryRule {
  /// Within which a message must be replied to, deliveries repeated by the platform included.
  private static let patience = Duration.minutes(3)

  /// A sentence for each breach, in the order of the messages.
  package static func breaches(in history: History) -> [String] {
    let story = Story(history)
    let lost = story.messages.filter { $0.isGenuine && story.isLost($0, within: patience) }
    let surplus = story.surplusReplies
    return lost.map { "Message \($0.of.message) has no reply." }
      + surplus.map { "Message \($0.message.of.message) was replied to more than once." }
  }
}
