/// One message of a reply, in the words and the sizes of its platform.
struct ReplyPart: Hashable, Sendable {
  var text: String
  /// From 0.
  var number: Int
  /// Under the last part of an answer.
  var card: AnswerCard?

  /// The parts of a text that was cut already; the card comes with the last one.
  static func parts(of texts: [String], with card: AnswerCard?) -> [ReplyPart] {
    texts.enumerated().map { number, text in
      ReplyPart(text: text, number: number, card: number == texts.count - 1 ? card : nil)
    }
  }
}
