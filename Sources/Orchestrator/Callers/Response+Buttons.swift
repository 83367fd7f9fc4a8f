import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// What a platform is told of a press, in the answer to its delivery, and shows to whoever pressed.
extension Response {
  /// The answer to an `adaptiveCard/action`: words, or a card that takes the place of the buttons.
  /// HTTP says 200 whatever the answer is; how it went stands in the body.
  static func invoke(_ answer: ButtonAnswer) -> Response {
    var body: [UInt8] = []
    body.append(json: "{\"statusCode\":200,\"type\":\"application/vnd.microsoft.")
    switch answer {
    case .askingAgain:
      body.append(json: "card.adaptive\",\"value\":")
      body.append(contentsOf: AnswerCard.adaptiveCard(saying: answer.words))
    case .thanked, .notYours, .forgotten, .busy:
      body.append(json: "activity.message\",\"value\":\"")
      body.append(json: answer.words)
      body.append(json: "\"")
    }
    body.append(json: "}")
    return .written(body)
  }

  /// The answer to a `message/submitAction`, of which Teams shows nothing; a vote that could not be
  /// kept now can be given again.
  static func vote(_ answer: ButtonAnswer) -> Response {
    answer == .busy
      ? .failure(.serviceUnavailable, "busy", "The feedback could not be kept.") : .emptyObject
  }

  /// To a button that no card of ours has.
  static var unknownInvoke: Response {
    var body: [UInt8] = []
    body.append(
      json: """
        {"statusCode":400,"type":"application/vnd.microsoft.error",\
        "value":{"code":"BadRequest","message":"This button is not known."}}
        """
    )
    return .written(body)
  }

  /// The answer to a `CARD_CLICKED`: words, where the answer does not come by itself.
  ///
  /// - Parameter person: who alone sees them; nil where nobody else is there.
  static func cardClick(_ answer: ButtonAnswer, privatelyTo person: String?) -> Response {
    guard answer != .askingAgain else { return .emptyObject }
    var body: [UInt8] = []
    body.append(json: "{\"actionResponse\":{\"type\":\"NEW_MESSAGE\"},\"text\":\"")
    body.append(json: answer.words)
    body.append(json: "\"")
    if let person {
      body.append(json: ",\"privateMessageViewer\":{\"name\":")
      body.append(jsonString: "users/" + person)
      body.append(json: "}")
    }
    body.append(json: "}")
    return .written(body)
  }

  private static func written(_ body: [UInt8]) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: "application/json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
    )
  }
}
