import ChatPlatforms
import Evidence
import ScenarioFiles
import Synchronization
import Worlds

extension Stage {
  /// A person presses a button under the newest answer to somebody; what asks again is a message
  /// with the same question.
  func press(_ press: Action.Press, line: Int, ordinal: Int) async {
    let id = "\(line).\(ordinal + 1).\(press.person)"
    let platform = cast.platforms[press.person] ?? .teams
    let answered =
      switch platform {
      case .teams: chat.teams.answeredMessage(of: press.asker, in: press.conversation)
      case .googleChat: chat.googleChat.answeredMessage(of: press.asker, in: press.conversation)
      }
    let tenant = cast.tenantOfPerson[press.person] ?? "unknown"
    if press.button == .retry, let asked = answered.flatMap(sentMessage) {
      recorder.record(
        .messageSent(
          .init(
            message: id,
            person: press.person,
            tenant: tenant,
            conversation: asked.conversation,
            platform: platform,
            questionCanary: asked.questionCanary,
            step: line,
            // Nobody has another's question asked again, nor one that was forgotten: that is
            // refused whatever the key is.
            isCommand: press.person == press.asker && !isForgotten(asked) ? nil : true
          )
        )
      )
    }
    let isTaken = await bring(press, id: id, on: platform)
    recorder.record(
      .buttonPressed(
        .init(
          button: press.button.rawValue,
          person: press.person,
          tenant: tenant,
          message: answered,
          taken: isTaken,
          step: line
        )
      )
    )
  }

  private func bring(_ press: Action.Press, id: String, on platform: Platform) async -> Bool {
    guard let button = AnswerButton(rawValue: press.button.rawValue) else { return false }
    let pressing = ButtonPress(
      button: button,
      person: press.person,
      asker: press.asker,
      conversation: press.conversation,
      id: id,
      times: press.times
    )
    if let trick = press.trick { return await bring(pressing, by: trick, on: platform) }
    switch platform {
    case .teams: return await chat.teams.press(pressing)
    case .googleChat: return await chat.googleChat.press(pressing)
    }
  }

  /// In the name of somebody else.
  ///
  /// - Returns: whether the vendor let it in.
  private func bring(
    _ press: ButtonPress,
    by trick: String,
    on platform: Platform
  ) async -> Bool {
    guard let how = ImpostorTrick(rawValue: trick),
      let named = Event.Impostor.Trick(rawValue: trick)
    else { return false }
    let status =
      switch platform {
      case .teams: await chat.teams.pressAsImpostor(trick: how, press)
      case .googleChat: await chat.googleChat.pressAsImpostor(trick: how, press)
      }
    recorder.record(
      .impostor(.init(message: press.id, trick: named, platform: platform, status: status))
    )
    return (200..<300).contains(status)
  }

  /// Whether the customer has everything forgotten at once, or anybody the conversation since.
  private func isForgotten(_ asked: Event.MessageSent) -> Bool {
    let customer = scenario.world.tenants.first { $0.id == asked.tenant }
    if customer?.forbidsQueryLogging == true { return true }
    guard let forgetting = questions.withLock({ $0["/forget"] }) else { return false }
    var isOver = false
    for event in recorder.history.events {
      guard case .messageSent(let sent) = event.kind else { continue }
      if sent.message == asked.message {
        isOver = true
      } else if isOver, sent.conversation == asked.conversation,
        sent.questionCanary == forgetting
      {
        return true
      }
    }
    return false
  }

  private func sentMessage(_ id: String) -> Event.MessageSent? {
    for event in recorder.history.events.reversed() {
      if case .messageSent(let sent) = event.kind, sent.message == id { return sent }
    }
    return nil
  }
}
