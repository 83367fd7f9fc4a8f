import HTTPTypes
import Wire
import Worlds

/// `/revocation` of a control API: how the ends of keys spread.
struct RevocationRoutes: Sendable {
  let show: @Sendable () -> RevocationPropagation
  let set: @Sendable (RevocationPropagation) -> Void

  var routes: [ControlRoute] {
    [
      ControlRoute(.get, "/revocation", showRevocation),
      ControlRoute(.put, "/revocation", setRevocation),
    ]
  }

  private struct Revocation: Decodable {
    var delaySeconds: Double?
    var windowSeconds: Double?
    var replicas: Int?
  }

  @Sendable private func showRevocation(_ call: ControlCall) -> JSONBody {
    switch show() {
    case .immediate: ["delay_seconds": 0]
    case .delay(let delay): ["delay_seconds": .seconds(delay)]
    case .window(let window, let replicas):
      ["window_seconds": .seconds(window), "replicas": .integer(replicas)]
    }
  }

  /// For keys that end from now on.
  @Sendable private func setRevocation(_ call: ControlCall) throws -> JSONBody {
    let wish = try RequestBodyDecoder.decode(Revocation.self, from: call.body)
    let delay = try Self.duration(wish.delaySeconds, named: "delay_seconds")
    let window = try Self.duration(wish.windowSeconds, named: "window_seconds")
    let replicas = wish.replicas ?? 8
    guard (2...1_000).contains(replicas) else {
      throw Refusal(
        RequestFault.invalid(parameter: "replicas", wanted: "an integer from 2 to 1000")
      )
    }
    switch (delay, window) {
    case (nil, let window?): set(.window(window, replicas: replicas))
    case (let delay?, nil): set(delay == .zero ? .immediate : .delay(delay))
    case (nil, nil): set(.immediate)
    default: throw Refusal(400, "Give 'delay_seconds' or 'window_seconds', not both.")
    }
    return showRevocation(call)
  }

  private static func duration(_ seconds: Double?, named name: String) throws -> Duration? {
    guard let seconds else { return nil }
    guard seconds >= 0, seconds <= 86_400 else {
      throw Refusal(RequestFault.invalid(parameter: name, wanted: "a number from 0 to 86400"))
    }
    return .milliseconds(Int64((seconds * 1_000).rounded()))
  }
}

extension JSONBody {
  fileprivate static func seconds(_ duration: Duration) -> JSONBody {
    .decimal(String(duration.milliseconds / 1_000))
  }
}
