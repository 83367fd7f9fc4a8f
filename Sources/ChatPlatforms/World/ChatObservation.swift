package import NIOCore
package import Worlds

/// What the platforms see of the vendor, reported at the moment when it happens.
package enum ChatObservation: Sendable {
  /// The platform tried to deliver a message.
  case attempt(DeliveryAttempt)
  case reply(ReceivedReply)
  case typing(conversation: String)
  /// The first 64 KiB of what the vendor answered to a delivery.
  case deliveryResponse(message: String, body: ByteBuffer)
  /// The vendor called without a token that is good for the call.
  case rejectedVendorCall(reason: String)
}

package struct DeliveryAttempt: Sendable, Equatable {
  package var message: String
  /// From 1.
  package var number: Int
  /// 0 when no answer came in time.
  package var status: Int
  /// Empty where nothing could be sent.
  package var body = ByteBuffer()
  /// The first 64 KiB of it.
  package var answer = ByteBuffer()
}

package struct ReceivedReply: Sendable, Equatable {
  package var platform: ChatWorldDescription.Platform
  /// Our id of the conversation.
  package var conversation: String
  /// Our id of the message that it answers, as the vendor said it: by reply id, path, thread, or
  /// by answering a delivery at once. Nil when it answers none of this conversation.
  package var inReplyTo: String?
  package var text: String
  package var at: Timestamp
  /// Replaces the text of an earlier reply.
  package var isUpdate: Bool
  /// Shown while the reply is still growing.
  package var isPartial: Bool

  package init(
    platform: ChatWorldDescription.Platform,
    conversation: String,
    inReplyTo: String?,
    text: String,
    at: Timestamp,
    isUpdate: Bool,
    isPartial: Bool = false
  ) {
    self.isPartial = isPartial
    self.platform = platform
    self.conversation = conversation
    self.inReplyTo = inReplyTo
    self.text = text
    self.at = at
    self.isUpdate = isUpdate
  }
}

package typealias ChatObserver = @Sendable (ChatObservation) -> Void
