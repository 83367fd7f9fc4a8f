import Testing

// Written by .ci/measure-tokens: edit the texts there.

/// A text, and what the real tokenizer makes of it.
struct TokenSample: Sendable, CustomTestStringConvertible {
  var kind: String
  var pieces: [String]
  /// Of `o200k_base`.
  var tokens: Int

  var text: String { pieces.joined() }
  var testDescription: String { kind }

  static let all: [TokenSample] = [
    TokenSample(
      kind: "English prose",
      pieces: [
        "The notice period for employees is three months to the end o",
        "f a quarter.\n",
        "During the probationary period, which lasts six months, eith",
        "er side may end the contract with two\n",
        "weeks' notice. If you haven't received written confirmation ",
        "from HR within five working days,\n",
        "please contact your supervisor; they'll be able to tell you ",
        "whether the request was forwarded.",
      ],
      tokens: 69
    ),
    TokenSample(
      kind: "English letter",
      pieces: [
        "Dear Ms. Whitfield, thank you for your patience while we loo",
        "ked into the\n",
        "delayed shipment. Our warehouse in Rotterdam misplaced two p",
        "allets, and it took the carrier longer\n",
        "than expected to acknowledge the mistake. We've refunded the",
        " freight charges and would like to\n",
        "offer you a ten percent discount on your next order. Kindest",
        " regards, Oliver Thackeray",
      ],
      tokens: 72
    ),
    TokenSample(
      kind: "English story",
      pieces: [
        "Grandmother kept the clock wound even after the house had fa",
        "llen silent.\n",
        "Every evening she shuffled across the creaking floorboards, ",
        "opened the little glass door, and\n",
        "listened for a moment before turning the key. Nobody remembe",
        "red who had carved the owl above the\n",
        "dial, or why its left eye was missing, yet all of us avoided",
        " standing in its gaze.",
      ],
      tokens: 73
    ),
    TokenSample(
      kind: "German prose",
      pieces: [
        "Die Kündigungsfrist beträgt drei Monate zum Quartalsende. Wä",
        "hrend der\n",
        "Probezeit von sechs Monaten können beide Seiten das Arbeitsv",
        "erhältnis mit einer Frist von zwei\n",
        "Wochen beenden. Überstunden werden grundsätzlich durch Freiz",
        "eit ausgeglichen; eine Auszahlung ist\n",
        "nur nach Rücksprache mit der Personalabteilung und dem zustä",
        "ndigen Vorgesetzten möglich.",
      ],
      tokens: 72
    ),
    TokenSample(
      kind: "German letter",
      pieces: [
        "Sehr geehrte Frau Brückner, wir bestätigen den Eingang Ihrer",
        " Bestellung\n",
        "vom vergangenen Donnerstag. Leider ist der gewünschte Schrei",
        "btischstuhl derzeit nicht lieferbar,\n",
        "weshalb sich die Auslieferung voraussichtlich um zwei bis dr",
        "ei Wochen verzögert. Selbstverständlich\n",
        "können Sie kostenlos stornieren. Mit freundlichen Grüßen, Ih",
        "r Kundendienst",
      ],
      tokens: 74
    ),
    TokenSample(
      kind: "French prose",
      pieces: [
        "Le congé parental peut être demandé jusqu'à deux mois avant ",
        "la date prévue.\n",
        "Chaque salarié bénéficie de quatre-vingt-dix jours rémunérés",
        ", à condition d'avoir travaillé dans\n",
        "l'entreprise pendant au moins une année. Les demandes tardiv",
        "es sont examinées au cas par cas par le\n",
        "service des ressources humaines, qui répond généralement sou",
        "s quinze jours.",
      ],
      tokens: 71
    ),
    TokenSample(
      kind: "Swift",
      pieces: [
        "package struct TokenBucket: Sendable {\n",
        "  private var level: Double\n",
        "  private var filledAt: Timestamp\n",
        "\n",
        "  mutating func fill(until now: Timestamp) {\n",
        "    let elapsed = max(0, (now - filledAt).nanoseconds)\n",
        "    guard elapsed > 0 else { return }\n",
        "    level = min(capacity, level + Double(elapsed) * ratePerN",
        "anosecond)\n",
        "    filledAt = now\n",
        "  }\n",
        "}\n",
      ],
      tokens: 91
    ),
    TokenSample(
      kind: "Python",
      pieces: [
        "import asyncio\n",
        "from openai import AsyncOpenAI\n",
        "\n",
        "async def main() -> None:\n",
        "    client = AsyncOpenAI(base_url=\"http://localhost:8080/v1\"",
        ", max_retries=0)\n",
        "    stream = await client.chat.completions.create(\n",
        "        model=\"gpt-4o-mini\",\n",
        "        messages=[{\"role\": \"user\", \"content\": \"Say hello\"}],",
        "\n",
        "        stream=True,\n",
        "    )\n",
        "    async for chunk in stream:\n",
        "        for choice in chunk.choices:\n",
        "            print(choice.delta.content or \"\", end=\"\")\n",
        "\n",
        "asyncio.run(main())\n",
      ],
      tokens: 116
    ),
    TokenSample(
      kind: "TypeScript",
      pieces: [
        "export async function fetchInvoices(customerId: string, sinc",
        "e?: Date) {\n",
        "  const params = new URLSearchParams({ customer: customerId,",
        " limit: \"100\" });\n",
        "  if (since) params.set(\"created_after\", since.toISOString()",
        ");\n",
        "  const response = await fetch(`${API_ROOT}/invoices?${param",
        "s}`, { headers: authHeaders() });\n",
        "  if (!response.ok) throw new HttpError(response.status, awa",
        "it response.text());\n",
        "  return (await response.json()) as Invoice[];\n",
        "}\n",
      ],
      tokens: 101
    ),
    TokenSample(
      kind: "JSON compact",
      pieces: [
        "{\"id\":\"chatcmpl-A1b2C3\",\"object\":\"chat.completion\",\"created\"",
        ":1795000000,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"in",
        "dex\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",",
        "\"content\":\"Blue.\",\"refusal\":null}}],\"usage\":{\"prompt_tokens\"",
        ":21,\"completion_tokens\":3,\"total_tokens\":24}}",
      ],
      tokens: 87
    ),
    TokenSample(
      kind: "JSON indented",
      pieces: [
        "{\n",
        "  \"customer\": {\n",
        "    \"name\": \"Rosa Meier\",\n",
        "    \"vip\": false,\n",
        "    \"since\": \"2019-04-01\"\n",
        "  },\n",
        "  \"items\": [\n",
        "    {\n",
        "      \"sku\": \"CH-1180\",\n",
        "      \"quantity\": 2,\n",
        "      \"price\": 189.9\n",
        "    },\n",
        "    {\n",
        "      \"sku\": \"DK-0042\",\n",
        "      \"quantity\": 1,\n",
        "      \"price\": 540.0\n",
        "    }\n",
        "  ],\n",
        "  \"shipping\": {\n",
        "    \"method\": \"express\",\n",
        "    \"address\": {\n",
        "      \"city\": \"Hannover\",\n",
        "      \"zip\": \"30159\"\n",
        "    }\n",
        "  }\n",
        "}",
      ],
      tokens: 142
    ),
    TokenSample(
      kind: "Numbers",
      pieces: [
        "2024-03-01 17:42:09 1203.55 98.2% 4711 0.0031\n",
        "2024-03-02 08:15:33 998.10 97.9% 4712 0.0029\n",
        "2024-03-03 23:59:59 10412.00 99.1% 4713 0.1250\n",
        "Total: 12,613.65 EUR (1.234.567,89) +49 511 762 0",
      ],
      tokens: 118
    ),
    TokenSample(
      kind: "Emoji chat",
      pieces: [
        "Good morning everyone! ☀️ The release is out 🎉🎉 thanks to al",
        "l of you 🙏\n",
        "Lunch at 12:30? 🍕 I vote yes 👍👍 and Tom says maybe 🤔\n",
        "Careful ⚠️ the staging server is down again 😅 looking into i",
        "t 🔧👩‍💻 back soon 🚀 ✅",
      ],
      tokens: 72
    ),
    TokenSample(
      kind: "Markdown",
      pieces: [
        "## Rotation of keys\n",
        "\n",
        "1. Create a new key with the **same** permissions.\n",
        "2. Install it: `POST /admin/keys` (see [the guide](https://e",
        "xample.com/docs/keys#rotate)).\n",
        "3. Wait until no call uses the old one, then delete it.\n",
        "\n",
        "| Step | Who | How long |\n",
        "| --- | --- | --- |\n",
        "| create | administrator | 1 min |\n",
        "| install | administrator | 5 min |\n",
      ],
      tokens: 94
    ),
    TokenSample(
      kind: "Log lines",
      pieces: [
        "2026-01-05T08:00:00.123Z INFO  worker-3 request_id=req_8f3a2",
        "c status=200 took=341ms\n",
        "2026-01-05T08:00:00.480Z WARN  worker-1 retrying after 429: ",
        "rate_limit_exceeded (attempt 2 of 5)\n",
        "2026-01-05T08:00:01.002Z ERROR worker-1 connection reset by ",
        "peer: upstream=api.example.com:443",
      ],
      tokens: 107
    ),
    TokenSample(
      kind: "Chinese",
      pieces: [
        "员工的通知期为三个月，至季度末为止。试用期为六个月，在此期间双方均可提前两周解除合同。\n",
        "如果您在五个工作日内没有收到人力资源部的书面确认，请联系您的主管。加班通常以调休的方式补偿。",
      ],
      tokens: 66
    ),
    TokenSample(
      kind: "Japanese",
      pieces: [
        "従業員の予告期間は三か月で、四半期末に終了します。試用期間は六か月で、その間は双方とも二週間前の\n",
        "通知により契約を終了できます。五営業日以内に人事部から書面による確認が届かない場合は、上司にご連絡ください。",
      ],
      tokens: 78
    ),
    TokenSample(
      kind: "Korean",
      pieces: [
        "직원의 통지 기간은 분기 말까지 3개월입니다. 수습 기간은 6개월이며, 이 기간 동안 양측은 2주 전에\n",
        "통지하여 계약을 해지할 수 있습니다. 영업일 기준 5일 이내에 인사부로부터 서면 확인을 받지 못한 경우 상사",
        "에게 문의하십시오.",
      ],
      tokens: 76
    ),
    TokenSample(
      kind: "Russian",
      pieces: [
        "Срок уведомления для сотрудников составляет три месяца до ко",
        "нца квартала. Во время\n",
        "испытательного срока, который длится шесть месяцев, любая ст",
        "орона может расторгнуть договор,\n",
        "предупредив об этом за две недели. Сверхурочная работа обычн",
        "о компенсируется отгулами.",
      ],
      tokens: 62
    ),
  ]
}
