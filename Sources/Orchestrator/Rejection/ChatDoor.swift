import Foundation
import HTTPTypes
import NIOCore
import Wire
import Worlds

/// The way to a person who has not written first.
protocol ChatDoor: Sendable {
  /// - Parameter name: of the message; the same message has the same.
  /// - Throws: `ReplyFailure`, or what ends the task.
  func write(_ markdown: String, to person: String, named name: String) async throws

  /// Fetches a new token for the next attempt.
  func discardToken()
}

/// The Bot Framework connector gives the bot its chat with a person of a customer, by the object id
/// in Entra.
struct TeamsDoor: ChatDoor {
  let service: Endpoint
  let appID: String
  let entraTenant: String
  let tokens: AccessTokens
  let transport: TimedTransport

  func write(_ markdown: String, to person: String, named _: String) async throws {
    let chat = try await post("/v3/conversations", conversation(with: person))
    guard let id = TeamsReplySender.id(in: chat.body) else {
      throw ReplyFailure.definite("no conversation in the answer")
    }
    var body = beginning
    body.append(json: ",\"type\":\"message\",\"channelId\":\"msteams\",\"serviceUrl\":")
    body.append(jsonString: service.url)
    body.append(json: ",\"conversation\":{\"id\":")
    body.append(jsonString: id)
    body.append(json: "},\"textFormat\":\"markdown\",\"text\":")
    body.append(jsonString: PlatformText.teams(markdown))
    body.append(json: "}")
    _ = try await post("/v3/conversations/\(id.percentEncoded)/activities", body)
  }

  func discardToken() { tokens.discard(.teamsConnector) }

  private var beginning: [UInt8] {
    var body: [UInt8] = []
    body.append(json: "{\"from\":{\"id\":")
    body.append(jsonString: "28:\(appID)")
    body.append(json: "}")
    return body
  }

  private func conversation(with person: String) -> [UInt8] {
    var body: [UInt8] = []
    body.append(json: "{\"isGroup\":false,\"bot\":{\"id\":")
    body.append(jsonString: "28:\(appID)")
    body.append(json: "},\"members\":[{\"id\":")
    body.append(jsonString: person)
    body.append(json: "}],\"tenantId\":")
    body.append(jsonString: entraTenant)
    body.append(json: ",\"channelData\":{\"tenant\":{\"id\":")
    body.append(jsonString: entraTenant)
    body.append(json: "}}}")
    return body
  }

  private func post(_ path: String, _ body: [UInt8]) async throws -> CollectedResponse {
    let response: CollectedResponse
    do {
      let headers: HTTPFields = [
        .authorization: try await tokens.authorization(for: .teamsConnector),
        .contentType: "application/json; charset=utf-8",
      ]
      response = try await transport.collect(
        OutgoingRequest(
          head: service.head(.post, path, headers: headers),
          body: ByteBuffer(bytes: body)
        )
      )
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      throw ReplyFailure.transient(retryAfter: nil)
    }
    try TeamsReplySender.check(response.head)
    return response
  }
}

/// Google Chat finds the direct messages of the app and a person; a request id makes a repetition
/// harmless.
struct GoogleChatDoor: ChatDoor {
  let sender: GoogleChatReplySender

  func write(_ markdown: String, to person: String, named name: String) async throws {
    let user = "users/\(person)".percentEncoded
    let found = try await sender.send(.get, "/v1/spaces:findDirectMessage?name=\(user)", [])
    try GoogleChatReplySender.check(found.head)
    let direct = try? JSONDecoder().decode(
      GoogleChat.Space.self,
      from: Data(found.body.readableBytesView)
    )
    guard let space = direct?.name, space.hasPrefix("spaces/")
    else { throw ReplyFailure.definite("no space in the answer") }
    let path = "/v1/spaces/\(String(space.dropFirst("spaces/".count)).percentEncoded)/messages"
    let body = GoogleChatReplySender.body(
      ReplyPart(text: PlatformText.googleChat(markdown), number: 0),
      thread: nil
    )
    let made = try await sender.send(.post, "\(path)?requestId=\(name.percentEncoded)", body)
    try GoogleChatReplySender.check(made.head)
  }

  func discardToken() { sender.discardToken() }
}
