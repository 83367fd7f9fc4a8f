import Foundation
import Hummingbird
import Logging
import NIOCore

/// What there is to compare with: one Hummingbird route that decodes the same request and encodes
/// the same answer with Codable, and does nothing else.
struct BareServer {
  struct Request: Decodable {
    struct Message: Decodable {
      var role: String
      var content: String
    }

    var model: String
    var messages: [Message]
    var stream: Bool?
  }

  // The wire's names: a decoder that renames members would slow this route down.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Completion: ResponseEncodable {
    struct Choice: Encodable {
      var index = 0
      var message: Message
      var finish_reason = "stop"
    }

    struct Message: Encodable {
      var role = "assistant"
      var content: String
      var annotations: [String] = []
    }

    struct Usage: Encodable {
      struct PromptDetails: Encodable {
        var cached_tokens = 0
        var audio_tokens = 0
      }

      struct CompletionDetails: Encodable {
        var reasoning_tokens = 0
        var audio_tokens = 0
        var accepted_prediction_tokens = 0
        var rejected_prediction_tokens = 0
      }

      var prompt_tokens: Int
      var completion_tokens: Int
      var total_tokens: Int
      var prompt_tokens_details = PromptDetails()
      var completion_tokens_details = CompletionDetails()
    }

    var id = "chatcmpl-MockA1b2C3d4E5f6G7h8I9j0K1L2M"
    var object = "chat.completion"
    var created = 1_795_000_000
    var model: String
    var choices: [Choice]
    var usage: Usage
    var service_tier = "default"
    var system_fingerprint = "fp_0a1b2c3d4e"
  }

  /// Serves on a port that is free, and prints its address. Runs until it is ended.
  static func run() async throws {
    var quiet = Logger(label: "bare")
    quiet.logLevel = .critical
    let router = Router()
    router.post("/v1/chat/completions") { request, context in
      answer(to: try await request.decode(as: Request.self, context: context))
    }
    let application = Application(
      router: router,
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        // Not by `print`, which keeps what goes into a pipe to itself for a while.
        let line = "Bare route at http://127.0.0.1:\(channel.localAddress?.port ?? 0)/v1\n"
        FileHandle.standardOutput.write(Data(line.utf8))
      },
      logger: quiet
    )
    try await application.runService()
  }

  /// As long as the mock's answer, which repeats its prompt after a marker.
  private static func answer(to request: Request) -> Completion {
    let words = request.messages.map(\.content).joined(separator: "\n")
    let tokens = words.utf8.count / 4
    return Completion(
      model: request.model,
      choices: [.init(message: .init(content: "[cm-0123456789abcdef0123] " + words))],
      usage: .init(prompt_tokens: tokens, completion_tokens: tokens, total_tokens: 2 * tokens)
    )
  }
}
