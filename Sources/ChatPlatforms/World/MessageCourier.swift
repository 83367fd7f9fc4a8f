import HTTPTypes
import NIOCore
import Synchronization
import Worlds

/// Brings what people write to the bot: with a token, repeated as the platform repeats, and once
/// more to the byte when a story wants that.
final class MessageCourier: Sendable {
  /// What a platform sends for one message.
  struct Parcel: Sendable {
    var body: ByteBuffer
    /// All but the token.
    var headers: HTTPFields
  }

  struct Delivered: Sendable {
    var answer: VendorDelivery.Answer
    /// Our id of the message.
    var message: String
    var place: ChatPlace
  }

  /// The `Authorization` field of a delivery from a place; nil for none.
  typealias Authorize = (ChatPlace) throws -> String?
  typealias Pack = (ChatIdentity, ChatPlace) throws -> Parcel

  private struct Last: Sendable {
    var message: String
    var place: ChatPlace
    var parcel: Parcel
    var attempts: Int
  }

  private let population: ChatPopulation
  private let delivery: VendorDelivery
  private let last = Mutex<[String: Last]>([:])

  init(population: ChatPopulation, delivery: VendorDelivery) {
    self.population = population
    self.delivery = delivery
  }

  /// Returns when the delivery was accepted, refused, or given up. Reports an attempt with status 0
  /// when there is no such person or conversation.
  ///
  /// - Parameters:
  ///   - conversation: the personal one where it is nil.
  ///   - authorize: asked before each attempt, since a token may end between two.
  /// - Returns: nil where there was no last answer.
  func deliver(
    _ message: String,
    from person: String,
    in conversation: String?,
    authorize: Authorize,
    pack: Pack
  ) async -> Delivered? {
    guard let (place, parcel) = packed(from: person, in: conversation, pack) else {
      delivery.observe(.attempt(DeliveryAttempt(message: message, number: 1, status: 0)))
      return nil
    }
    last.withLock {
      $0[person] = Last(message: message, place: place, parcel: parcel, attempts: 0)
    }
    let answer = await delivery.deliver(
      parcel.body,
      message: message,
      headers: { try parcel.headers.authorized(authorize(place)) },
      began: { attempt in
        last.withLock {
          guard $0[person]?.message == message else { return }
          $0[person]?.attempts = attempt
        }
      }
    )
    return answer.map { Delivered(answer: $0, message: message, place: place) }
  }

  /// Delivers what `person` wrote last once more, byte for byte.
  ///
  /// - Returns: nil when no answer came or nothing was sent before.
  func deliverAgain(person: String, authorize: Authorize) async -> Delivered? {
    let last = last.withLock { last in
      last[person]?.attempts += 1
      return last[person]
    }
    guard
      let last, let headers = try? last.parcel.headers.authorized(authorize(last.place)),
      let answer = await delivery.attemptOnce(
        last.parcel.body,
        message: last.message,
        attempt: last.attempts,
        headers
      )
    else { return nil }
    return Delivered(answer: answer, message: last.message, place: last.place)
  }

  /// Delivers once, unrepeated, and not reported as an attempt.
  ///
  /// - Parameter conversation: the personal one where it is nil.
  func deliverAsImpostor(
    _ message: String,
    from person: String,
    in conversation: String? = nil,
    authorize: Authorize,
    pack: Pack
  ) async -> Delivered? {
    guard
      let (place, parcel) = packed(from: person, in: conversation, pack),
      let headers = try? parcel.headers.authorized(authorize(place)),
      let answer = await delivery.post(parcel.body, headers)
    else { return nil }
    if answer.status != 0 {
      delivery.observe(.deliveryResponse(message: message, body: answer.body))
    }
    return Delivered(answer: answer, message: message, place: place)
  }

  private func packed(
    from person: String,
    in conversation: String?,
    _ pack: Pack
  ) -> (ChatPlace, Parcel)? {
    guard
      let identity = population.people[person],
      let place = population.place(for: identity, in: conversation),
      let parcel = try? pack(identity, place)
    else { return nil }
    return (place, parcel)
  }
}

extension HTTPFields {
  fileprivate func authorized(_ authorization: String?) -> HTTPFields {
    var fields = self
    if let authorization { fields[.authorization] = authorization }
    return fields
  }
}
