import ChatPlatforms
import Evidence
import NIOCore
import Worlds

/// Keeps all that people see of the vendor, in each play of a pair.
struct PairedSight: Sendable {
  /// Nil outside of a pair.
  let log: PairLog?
  let clock: any WorldClock

  func keep(_ observation: ChatObservation, _ cast: Cast) {
    guard let log else { return }
    let now = clock.now
    func saw(_ kind: Event.PairRow.Kind, _ place: String, _ subject: String, _ text: String) {
      let tenant = cast.tenantOfConversation[place] ?? "unknown"
      log.saw(kind, in: place, of: tenant, subject: subject, text, at: now)
    }
    switch observation {
    case .attempt(let attempt):
      let text = "delivery \(attempt.number): status \(attempt.status)"
      log.sawDelivery(of: attempt.message, text, at: now)
    case .deliveryResponse(let message, let body):
      log.sawDelivery(of: message, String(buffer: body), at: now)
    case .reply(let reply):
      let subject = reply.inReplyTo ?? "no message"
      saw(reply.isPartial ? .partial : .reply, reply.conversation, subject, reply.text)
    case .typing(let conversation): saw(.typing, conversation, conversation, "typing")
    case .rejectedVendorCall: break
    }
  }
}
