/// Members that another provider of the same API adds to the bodies of chat completions. Each is
/// JSON text that begins with a comma, or nothing.
package struct ChatAdditions: Sendable, Hashable {
  /// Of a whole completion.
  package var body: [UInt8]
  /// Of each choice of a whole completion.
  package var choice: [UInt8]
  /// Of the choice of a chunk that opens or ends the answer.
  package var frameChoice: [UInt8]
  /// Of the choice of a chunk with a piece of the answer.
  package var pieceChoice: [UInt8]
  /// Whole records before the first chunk of a stream.
  package var opening: [UInt8]

  package static let none = ChatAdditions()

  package init(
    body: [UInt8] = [],
    choice: [UInt8] = [],
    frameChoice: [UInt8] = [],
    pieceChoice: [UInt8] = [],
    opening: [UInt8] = []
  ) {
    self.body = body
    self.choice = choice
    self.frameChoice = frameChoice
    self.pieceChoice = pieceChoice
    self.opening = opening
  }
}
