// SPDX-License-Identifier: Apache-2.0

extension PriceTable {
  /// The prices that come with the package, for prompts of ordinary length and without discounts.
  public static let builtIn: PriceTable = {
    do throws(PriceProblem) {
      return try PriceTable(builtInText, file: "prices")
    } catch {
      // A test holds the text to its form.
      return PriceTable()
    }
  }()

  static let builtInText = """
    # model                           read  cached  written
    as of 2026-07-24
    openai:gpt-5.6                    5     0.5     30
    openai:gpt-5.6-terra              2.5   0.25    15
    openai:gpt-5.6-luna               1     0.1     6
    openai:gpt-5.5                    5     0.5     30
    openai:gpt-5.4                    2.5   0.25    15
    openai:gpt-5.4-mini               0.75  0.075   4.5
    openai:gpt-5.4-nano               0.2   0.02    1.25
    openai:gpt-5.2                    1.75  0.175   14
    openai:gpt-5.2-chat               1.75  0.175   14
    openai:gpt-5.1                    1.25  0.125   10
    openai:gpt-5.1-chat               1.25  0.125   10
    openai:gpt-5                      1.25  0.125   10
    openai:gpt-5-chat                 1.25  0.125   10
    openai:gpt-5-mini                 0.25  0.025   2
    openai:gpt-5-nano                 0.05  0.005   0.4
    openai:gpt-4.1                    2     0.5     8
    openai:gpt-4.1-mini               0.4   0.1     1.6
    openai:gpt-4.1-nano               0.1   0.025   0.4
    openai:gpt-4o                     2.5   1.25    10
    openai:gpt-4o-mini                0.15  0.075   0.6
    openai:gpt-4-turbo                10    -       30
    openai:gpt-4                      30    -       60
    openai:gpt-3.5-turbo              0.5   -       1.5
    openai:o1                         15    7.5     60
    openai:o3                         2     0.5     8
    openai:o3-mini                    1.1   0.55    4.4
    openai:o4-mini                    1.1   0.275   4.4
    openai:text-embedding-3-small     0.02  -       0
    openai:text-embedding-3-large     0.13  -       0
    openai:text-embedding-ada-002     0.1   -       0
    anthropic:claude-opus-5           5     0.5     25
    anthropic:claude-opus-4-8         5     0.5     25
    anthropic:claude-opus-4-7         5     0.5     25
    anthropic:claude-opus-4-6         5     0.5     25
    anthropic:claude-opus-4-5         5     0.5     25
    anthropic:claude-opus-4-1         15    1.5     75
    anthropic:claude-opus-4           15    1.5     75
    anthropic:claude-sonnet-5         2     0.2     10
    anthropic:claude-sonnet-4-6       3     0.3     15
    anthropic:claude-sonnet-4-5       3     0.3     15
    anthropic:claude-sonnet-4         3     0.3     15
    anthropic:claude-haiku-4-5        1     0.1     5
    anthropic:claude-3-7-sonnet       3     0.3     15
    anthropic:claude-3-5-sonnet       3     0.3     15
    anthropic:claude-3-5-haiku        0.8   0.08    4
    anthropic:claude-3-haiku          0.25  0.03    1.25
    anthropic:claude-3-opus           15    1.5     75
    google:gemini-3.6-flash           1.5   0.15    7.5
    google:gemini-3.5-flash           1.5   0.15    9
    google:gemini-3.5-flash-lite      0.3   0.03    2.5
    google:gemini-3.1-pro             2     0.2     12
    google:gemini-3.1-flash-lite      0.25  0.025   1.5
    google:gemini-3-pro               2     0.2     12
    google:gemini-3-flash             0.5   0.05    3
    google:gemini-2.5-pro             1.25  0.125   10
    google:gemini-2.5-flash           0.3   0.03    2.5
    google:gemini-2.5-flash-lite      0.1   0.01    0.4
    google:gemini-2.0-flash           0.1   0.025   0.4
    google:gemini-2.0-flash-lite      0.075 -       0.3
    google:gemini-embedding-001       0.15  -       0
    as of 2025-12-01
    mistral:mistral-large-2512        0.5   -       1.5
    mistral:mistral-large-2411        2     -       6
    mistral:mistral-medium-2508       0.4   -       2
    mistral:mistral-medium-2505       0.4   -       2
    mistral:mistral-small-2506        0.1   -       0.3
    mistral:open-mistral-nemo         0.15  -       0.15
    mistral:ministral-8b-2410         0.1   -       0.1
    mistral:ministral-3b-2410         0.04  -       0.04
    mistral:codestral-2508            0.3   -       0.9
    mistral:mistral-embed             0.1   -       0
    """
}
