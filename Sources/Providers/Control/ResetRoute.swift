import HTTPTypes
import Wire

/// `POST /reset` of a control API: forgets what was booked and seen, and behaves as at first. The
/// body may spare parts: `{"ledger": false}`.
struct ResetRoute: Sendable {
  let parts: [(name: String, forget: @Sendable () throws -> Void)]

  var route: ControlRoute { ControlRoute(.post, "/reset", reset) }

  @Sendable private func reset(_ call: ControlCall) throws -> JSONBody {
    let wanted =
      call.body.isEmpty ? [:] : try RequestBodyDecoder.decode([String: Bool].self, from: call.body)
    if let stranger = wanted.keys.filter({ name in !parts.contains { $0.name == name } }).min() {
      throw Refusal(RequestFault.unknown(parameter: String(stranger.prefix(100))))
    }
    for part in parts where wanted[part.name] ?? true { try part.forget() }
    return ["reset": true]
  }
}
