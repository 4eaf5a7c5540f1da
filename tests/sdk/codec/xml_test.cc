#include "sdk/codec/xml.h"

#include <gtest/gtest.h>

namespace cloudchamber {
namespace {

std::string nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "<a>";
  for (std::size_t i = 0; i < depth; ++i) text += "</a>";
  return text;
}

std::string written(std::string_view text, bool attribute = false) {
  std::string out;
  append_xml_text(out, text, attribute);
  return out;
}

TEST(ParseXml, GivesElementsAttributesAndTheirText) {
  const auto document = parse_xml(
      "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- <x> & -->\n"
      "<n:a xmlns:n='urn:x' b=\"1&amp;&#x32;\"> <c> d </c>\n<e> "
      "</e><f><![CDATA[<&>]]></f><g/></n:a>\n");
  const auto root = document.document_element();
  EXPECT_EQ(local_name(root), "a");
  EXPECT_STREQ(root.attribute("b").value(), "1&2");
  EXPECT_STREQ(root.child("c").text().get(), " d ");
  EXPECT_STREQ(root.child("e").text().get(), " ");
  EXPECT_STREQ(root.child("f").text().get(), "<&>");
  EXPECT_STREQ(root.child("g").text().get(), "");
  EXPECT_STREQ(root.first_child().name(), "c");
}

TEST(ParseXml, RefusesWhatIsNotOneWellFormedDocument) {
  for (const char* text : {"",
                           " ",
                           "text",
                           "<a>",
                           "</a>",
                           "<a></b>",
                           "<a",
                           "<a b=>",
                           "<a b=\"1></a>",
                           "<a/><b/>",
                           "<a/>x",
                           "x<a/>",
                           "<a>&foo;</a>",
                           "<a>&</a>",
                           "<a>&#0;</a>",
                           "<a>&#x110000;</a>",
                           "<a>&#xD800;</a>",
                           "<a>&#;</a>",
                           "<a b='&nope;'/>",
                           "<a>\xff</a>",
                           "<!-- <a/>",
                           "<a><![CDATA[</a>",
                           "<a b='<'/>",
                           "<?xml",
                           "<![CDATA[a]]><a/>"})
    EXPECT_THROW(static_cast<void>(parse_xml(text)), XmlError) << text;
  EXPECT_THROW(static_cast<void>(parse_xml(std::string_view("<a>\0</a>", 8))), XmlError);
}

TEST(ParseXml, RefusesADocumentTypeSoThatNoEntityIsExpanded) {
  EXPECT_THROW(static_cast<void>(parse_xml("<!DOCTYPE a><a/>")), XmlError);
  EXPECT_THROW(static_cast<void>(parse_xml("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")),
               XmlError);
}

TEST(ParseXml, RefusesNestingBeyondItsLimit) {
  EXPECT_NO_THROW(static_cast<void>(parse_xml(nested(127))));
  EXPECT_NO_THROW(static_cast<void>(parse_xml(nested(128))));
  EXPECT_THROW(static_cast<void>(parse_xml(nested(129))), XmlError);
  EXPECT_THROW(static_cast<void>(parse_xml(nested(1'000'000))), XmlError);
  EXPECT_NO_THROW(static_cast<void>(parse_xml("<a><b/></a>", 2)));
  EXPECT_THROW(static_cast<void>(parse_xml("<a><b/></a>", 1)), XmlError);
}

TEST(AppendXmlText, EscapesMarkupAndWhatOnlyReferencesCanWrite) {
  EXPECT_EQ(written("a<b>&\"'c"), "a&lt;b&gt;&amp;&quot;'c");
  EXPECT_EQ(written("\r\n\t"), "&#xD;\n\t");
  EXPECT_EQ(written("\r\n\t", true), "&#xD;&#xA;&#x9;");
  EXPECT_EQ(written("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80!"),
            "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80!");
}

TEST(AppendXmlText, PutsTheReplacementCharacterWhereXmlCanNotWriteOne) {
  const std::string replacement = "\xef\xbf\xbd";
  EXPECT_EQ(written(std::string_view("a\0\x01\x1f", 4)),
            "a" + replacement + replacement + replacement);
  EXPECT_EQ(written("\xff.\xc3(\xe2\x82"),
            replacement + "." + replacement + "(" + replacement + replacement);
  EXPECT_EQ(written("\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd"),
            replacement + replacement + replacement);
}

TEST(AppendXmlText, IsReadBackByParseXml) {
  const std::string text = " <&>\"'\r\n\t \xc3\xa4 ";
  const auto document = parse_xml("<a b=\"" + written(text, true) + "\">" + written(text) + "</a>");
  EXPECT_EQ(document.document_element().text().get(), text);
  EXPECT_EQ(document.document_element().attribute("b").value(), text);
}

}  // namespace
}  // namespace cloudchamber
