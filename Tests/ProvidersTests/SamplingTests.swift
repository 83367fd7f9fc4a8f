import Providers
import Secrets
import Testing
import Wire
import Worlds

/// Several answers, seeds, stops, probabilities.
@Suite struct SamplingTests {
  private func text(_ answer: Bench.Answer, _ choice: Int = 0) -> String {
    answer.json.at("choices.\(choice).message.content")?.text ?? ""
  }

  @Test func aSeedGivesTheSameTextAgain() async throws {
    let bench = try Bench()
    let first = try await bench.ask(with: #","seed":7"#)
    let again = try await bench.ask(with: #","seed":7"#)
    let other = try await bench.ask(with: #","seed":8"#)
    let without = try await bench.ask()
    #expect(text(first) == text(again))
    #expect(text(first) != text(other) && text(first) != text(without))
    #expect(first.json["id"] != again.json["id"])
    let fingerprint = try #require(first.json["system_fingerprint"]?.text)
    #expect(fingerprint.hasPrefix("fp_") && fingerprint.count == 13)
    #expect(again.json["system_fingerprint"]?.text == fingerprint)
    #expect(bench.observed[0].completionMarker == bench.observed[1].completionMarker)
    let elsewhere = try Bench()
    #expect(text(try await elsewhere.ask(with: #","seed":7"#)) == text(first))
  }

  @Test func givesSeveralAnswers() async throws {
    let bench = try Bench()
    let answer = try await bench.ask(with: #","n":3"#)
    #expect(answer.json["choices"]?.elements?.count == 3)
    let texts = (0..<3).map { text(answer, $0) }
    #expect(Set(texts).count == 3)
    let one = try await bench.ask()
    let usage = answer.json.at("usage.completion_tokens")?.wholeNumber ?? 0
    let usageOfOne = one.json.at("usage.completion_tokens")?.wholeNumber ?? 0
    #expect(usage > usageOfOne * 2)

    let stream = try await bench.ask(with: #","n":3,"stream":true"#)
    var streamed = ["", "", ""]
    var finished = 0
    for choice in stream.records.compactMap({ $0.at("choices.0") }) {
      let index = try #require(choice["index"]?.wholeNumber)
      streamed[index] += choice.at("delta.content")?.text ?? ""
      if choice["finish_reason"]?.text == "stop" { finished += 1 }
    }
    #expect(finished == 3)
    #expect(streamed.allSatisfy { $0.contains("What is the notice period?") })
    #expect(Set(streamed).count == 3)
  }

  @Test func stopsBeforeAStop() async throws {
    let bench = try Bench()
    let whole = text(try await bench.ask("one two three", with: #","seed":1"#))
    let cut = try await bench.ask("one two three", with: #","seed":1,"stop":["three"," two"]"#)
    #expect(whole.hasPrefix(text(cut)) && text(cut).hasSuffix("one"))
    #expect(cut.json.at("choices.0.finish_reason")?.text == "stop")
    let never = try await bench.ask("one two three", with: #","seed":1,"stop":"four""#)
    #expect(text(never) == whole)
  }

  @Test func statesProbabilitiesWhenAsked() async throws {
    let bench = try Bench()
    let answer = try await bench.ask(with: #","seed":3,"logprobs":true,"top_logprobs":2"#)
    let tokens = try #require(answer.json.at("choices.0.logprobs.content")?.elements)
    #expect(tokens.compactMap { $0["token"]?.text }.joined() == text(answer))
    for token in tokens {
      let chosen = try #require(token["logprob"]?.number)
      let best = token["top_logprobs"]?.elements ?? []
      #expect(chosen <= 0 && best.count == 2)
      #expect(best.allSatisfy { ($0["logprob"]?.number ?? 1) <= chosen })
      let bytes = token["bytes"]?.elements?.compactMap(\.wholeNumber).map { UInt8($0) }
      #expect(bytes == Array((token["token"]?.text ?? "").utf8))
    }
    let plain = try await bench.ask()
    #expect(plain.json.at("choices.0.logprobs") == .null)
    let stream = try await bench.ask(with: #","seed":3,"logprobs":true,"stream":true"#)
    let streamed = stream.records.flatMap { $0.at("choices.0.logprobs.content")?.elements ?? [] }
    #expect(streamed.count == tokens.count)
    let reasoning = try await bench.ask(model: "gpt-5.1", with: #","logprobs":true"#)
    #expect(reasoning.error?.code == "unsupported_parameter")
  }

  @Test func takesAttachmentsAndCountsThem() async throws {
    let bench = try Bench()
    let plain = #"{"type":"text","text":"Look"}"#
    let image = #"{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}"#
    func tokens(_ parts: String) async throws -> Int {
      let body = #"{"model":"gpt-4o","messages":[{"role":"user","content":[\#(parts)]}]}"#
      let answer = try await bench.post("/v1/chat/completions", body, key: bench.key.secret)
      #expect(answer.status == 200)
      return answer.json.at("usage.prompt_tokens")?.wholeNumber ?? 0
    }
    let without = try await tokens(plain)
    #expect(try await tokens(plain + "," + image) == without + 85)
  }

  @Test func statesTheTierThatServed() async throws {
    let bench = try Bench()
    #expect(
      try await bench.ask(with: #","service_tier":"auto""#).json["service_tier"]?.text == "default"
    )
    #expect(
      try await bench.ask(with: #","service_tier":"flex""#).json["service_tier"]?.text == "flex"
    )
  }
}
