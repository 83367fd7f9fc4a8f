import Worlds

/// What both platforms are made of.
struct PlatformParts: Sendable {
  let description: ChatWorldDescription
  let population: ChatPopulation
  let keys: IssuerKeys
  let accessTokens: AccessTokens
  let clock: any WorldClock
  let randomness: Randomness
  let transport: any HTTPTransport
  let observe: ChatObserver

  /// - Parameter path: of the vendor's endpoint for the platform.
  func courier(to path: String, _ policy: DeliveryPolicy) -> MessageCourier {
    MessageCourier(
      population: population,
      delivery: VendorDelivery(
        transport: transport,
        clock: clock,
        host: description.vendor.host,
        path: path,
        policy: policy,
        observe: observe
      )
    )
  }

  func replies(on platform: ChatWorldDescription.Platform) -> ReplyReports {
    ReplyReports(platform: platform, clock: clock, observe: observe)
  }
}

/// Reports what the bot wrote on one platform.
struct ReplyReports: Sendable {
  let platform: ChatWorldDescription.Platform
  let clock: any WorldClock
  let observe: ChatObserver

  /// - Parameter message: our id of the message that is answered.
  func report(
    _ text: String?,
    in place: ChatPlace,
    inReplyTo message: String?,
    isUpdate: Bool = false,
    isPartial: Bool = false
  ) {
    observe(
      .reply(
        ReceivedReply(
          platform: platform,
          conversation: place.conversation.id,
          inReplyTo: message,
          text: text ?? "",
          at: clock.now,
          isUpdate: isUpdate,
          isPartial: isPartial
        )
      )
    )
  }
}
