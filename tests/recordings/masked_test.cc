#include "recordings/masked.h"

#include <gtest/gtest.h>

namespace cloudchamber::recordings {
namespace {

TEST(MaskedXml, HasNamesOfSecretsAsTextAndNoExpressions) {
  const struct {
    const char* masked;
    const char* xml;
  } rows[] = {
      {"<a><k><SECRET></k></a>", "<a><k>&lt;SECRET&gt;</k></a>"},
      {"<a><k>x<the key>y</k><l/></a>", "<a><k>x&lt;the key&gt;y</k><l/></a>"},
      {"<?xml version=\"1.0\"?>\n<a><t><%= Time.now %></t></a>",
       "<?xml version=\"1.0\"?>\n<a><t></t></a>"},
      {"<a><t><%= x > 1 %></t><k><K></k></a>", "<a><t></t><k>&lt;K&gt;</k></a>"},
  };
  for (const auto& row : rows) {
    EXPECT_TRUE(looks_masked(row.masked)) << row.masked;
    EXPECT_EQ(unmasked_xml(row.masked), row.xml);
  }
}

TEST(MaskedXml, IsLeftAsItIsWhereNothingIsMasked) {
  for (const char* const xml :
       {"", "<", "<>", "<a/>", "<a><b>1</b><!-- <c> --></a>", "<?xml version=\"1.0\"?><a></a>"})
    EXPECT_FALSE(looks_masked(xml)) << xml;
  for (const char* const broken : {"<a><b></a></b>", "<a><%= b", "<a><b><c>", "<a></a></a>"})
    EXPECT_EQ(unmasked_xml(broken), broken);
}

}  // namespace
}  // namespace cloudchamber::recordings
