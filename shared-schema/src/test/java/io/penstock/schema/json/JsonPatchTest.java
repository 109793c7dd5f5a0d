package io.penstock.schema.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 6902, appendix A, by their numbers, and what it says beside them. */
class JsonPatchTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A1  | {'foo':'bar'}                                | [{'op':'add','path':'/baz','value':'qux'}]                                          | {'foo':'bar','baz':'qux'}",
        "A2  | {'foo':['bar','baz']}                        | [{'op':'add','path':'/foo/1','value':'qux'}]                                        | {'foo':['bar','qux','baz']}",
        "A3  | {'baz':'qux','foo':'bar'}                    | [{'op':'remove','path':'/baz'}]                                                     | {'foo':'bar'}",
        "A4  | {'foo':['bar','qux','baz']}                  | [{'op':'remove','path':'/foo/1'}]                                                   | {'foo':['bar','baz']}",
        "A5  | {'baz':'qux','foo':'bar'}                    | [{'op':'replace','path':'/baz','value':'boo'}]                                      | {'baz':'boo','foo':'bar'}",
        "A6  | {'foo':{'bar':'baz','waldo':'fred'},'qux':{'corge':'grault'}} | [{'op':'move','from':'/foo/waldo','path':'/qux/thud'}]             | {'foo':{'bar':'baz'},'qux':{'corge':'grault','thud':'fred'}}",
        "A7  | {'foo':['all','grass','cows','eat']}         | [{'op':'move','from':'/foo/1','path':'/foo/3'}]                                     | {'foo':['all','cows','eat','grass']}",
        "A8  | {'baz':'qux','foo':['a',2,'c']}              | [{'op':'test','path':'/baz','value':'qux'},{'op':'test','path':'/foo/1','value':2}] | {'baz':'qux','foo':['a',2,'c']}",
        "A10 | {'foo':'bar'}                                | [{'op':'add','path':'/child','value':{'grandchild':{}}}]                            | {'foo':'bar','child':{'grandchild':{}}}",
        "A11 | {'foo':'bar'}                                | [{'op':'add','path':'/baz','value':'qux','xyz':123}]                                | {'foo':'bar','baz':'qux'}",
        "A14 | {'/':9,'~1':10}                              | [{'op':'test','path':'/~01','value':10}]                                            | {'/':9,'~1':10}",
        "A16 | {'foo':['bar']}                              | [{'op':'add','path':'/foo/-','value':['abc','def']}]                                | {'foo':['bar',['abc','def']]}",
        "slash in a name          | {'/':9}            | [{'op':'replace','path':'/~1','value':1}]                     | {'/':1}",
        "empty name               | {'':1}             | [{'op':'replace','path':'/','value':2}]                       | {'':2}",
        "add replaces a member    | {'a':1,'b':2}      | [{'op':'add','path':'/a','value':3}]                          | {'a':3,'b':2}",
        "add at the very end      | {'a':[1]}          | [{'op':'add','path':'/a/1','value':2}]                        | {'a':[1,2]}",
        "add null                 | {}                 | [{'op':'add','path':'/a','value':null}]                       | {'a':null}",
        "replace null             | {'a':null}         | [{'op':'replace','path':'/a','value':1}]                      | {'a':1}",
        "the whole document       | {'a':1}            | [{'op':'replace','path':'','value':{'b':2}}]                  | {'b':2}",
        "copy                     | {'a':{'b':1}}      | [{'op':'copy','from':'/a','path':'/c'},{'op':'replace','path':'/c/b','value':2}] | {'a':{'b':1},'c':{'b':2}}",
        "copy within an array     | {'a':[1,2]}        | [{'op':'copy','from':'/a/1','path':'/a/0'}]                   | {'a':[2,1,2]}",
        "copy into what is copied | {'a':{'b':1}}      | [{'op':'copy','from':'/a','path':'/a/c'}]                     | {'a':{'b':1,'c':{'b':1}}}",
        "move to itself           | {'a':1}            | [{'op':'move','from':'/a','path':'/a'}]                       | {'a':1}",
        "move onto another        | {'a':1,'b':2}      | [{'op':'move','from':'/a','path':'/b'}]                       | {'b':1}",
        "test numbers by value    | {'a':1,'b':1.0e2}  | [{'op':'test','path':'/a','value':1.0},{'op':'test','path':'/b','value':100}] | {'a':1,'b':100.0}",
        "test objects unordered   | {'a':{'x':1,'y':[null]}} | [{'op':'test','path':'/a','value':{'y':[null],'x':1}}]  | {'a':{'x':1,'y':[null]}}",
        "test null                | {'a':null}         | [{'op':'test','path':'/a','value':null}]                      | {'a':null}",
        "empty name at the end    | {'a':{'':1}}       | [{'op':'replace','path':'/a/','value':2}]                     | {'a':{'':2}}",
        "move all to itself       | {'a':1}            | [{'op':'move','from':'','path':''}]                           | {'a':1}",
        "nothing to do            | {'a':1}            | []                                                            | {'a':1}",
      })
  void an_operation_does_what_the_rfc_says(
      String name, String document, String patch, String expected) throws Exception {
    assertThat(patch(patch).apply(json(document))).isEqualTo(json(expected));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A9  | {'baz':'qux'}         | [{'op':'test','path':'/baz','value':'bar'}]         | operation 0 (test /baz): another value stands there",
        "A12 | {'foo':'bar'}         | [{'op':'add','path':'/baz/bat','value':'qux'}]      | operation 0 (add /baz/bat): nothing stands there",
        "A15 | {'/':9,'~1':10}       | [{'op':'test','path':'/~01','value':'10'}]          | operation 0 (test /~01): another value stands there",
        "remove nothing        | {'a':1}   | [{'op':'remove','path':'/b'}]                | operation 0 (remove /b): nothing stands there",
        "replace nothing       | {'a':1}   | [{'op':'replace','path':'/b','value':1}]     | operation 0 (replace /b): nothing stands there",
        "remove everything     | {'a':1}   | [{'op':'remove','path':''}]                  | operation 0 (remove ): would leave no document at all",
        "copy nothing          | {'a':1}   | [{'op':'copy','from':'/b','path':'/c'}]      | operation 0 (copy /c): nothing stands there",
        "move into itself      | {'a':{}}  | [{'op':'move','from':'/a','path':'/a/b'}]    | operation 0 (move /a/b): it cannot move into itself",
        "add into a scalar     | {'a':1}   | [{'op':'add','path':'/a/b','value':1}]       | operation 0 (add /a/b): what holds it is neither an object nor an array",
        "beyond the end        | {'a':[1]} | [{'op':'add','path':'/a/2','value':1}]       | operation 0 (add /a/2): '2' is no place in an array of 1",
        "replace behind        | {'a':[1]} | [{'op':'replace','path':'/a/1','value':1}]   | operation 0 (replace /a/1): nothing stands there",
        "remove behind         | {'a':[1]} | [{'op':'remove','path':'/a/-'}]              | operation 0 (remove /a/-): '-' is no place in an array of 1",
        "a zero in front       | {'a':[1]} | [{'op':'test','path':'/a/00','value':1}]     | operation 0 (test /a/00): '00' is no place in an array of 1",
        "a negative index      | {'a':[1]} | [{'op':'test','path':'/a/-1','value':1}]     | operation 0 (test /a/-1): '-1' is no place in an array of 1",
        "a missing item        | {'a':[1]} | [{'op':'test','path':'/a/1','value':null}]   | operation 0 (test /a/1): nothing stands there",
        "null is not missing   | {}        | [{'op':'test','path':'/a','value':null}]     | operation 0 (test /a): nothing stands there",
        "arrays are ordered    | {'a':[1,2]} | [{'op':'test','path':'/a','value':[2,1]}]  | operation 0 (test /a): another value stands there",
        "a shorter array       | {'a':[1]} | [{'op':'test','path':'/a','value':[1,2]}]    | operation 0 (test /a): another value stands there",
        "a longer array        | {'a':[1,2]} | [{'op':'test','path':'/a','value':[1]}]    | operation 0 (test /a): another value stands there",
        "a smaller object      | {'a':{'x':1}} | [{'op':'test','path':'/a','value':{'x':1,'y':2}}]    | operation 0 (test /a): another value stands there",
        "null by another name  | {'a':{'x':null}} | [{'op':'test','path':'/a','value':{'y':null}}]    | operation 0 (test /a): another value stands there",
        "a fraction            | {'a':1.5} | [{'op':'test','path':'/a','value':2}]        | operation 0 (test /a): another value stands there",
        "an endless index      | {'a':[1]} | [{'op':'test','path':'/a/99999999999','value':1}] | operation 0 (test /a/99999999999): '99999999999' is no place in an array of 1",
        "the second one        | {'a':1}   | [{'op':'remove','path':'/a'},{'op':'remove','path':'/a'}] | operation 1 (remove /a): nothing stands there",
      })
  void what_does_not_fit_is_refused_with_its_place_and_without_a_value(
      String name, String document, String patch, String message) throws Exception {
    JsonPatch read = patch(patch);
    assertThatThrownBy(() -> read.apply(json(document)))
        .isInstanceOf(JsonPatchException.class)
        .hasMessage(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'op':'add'}                                | a JSON patch is an array of operations",
        "[1]                                         | operation 0 is no object",
        "[{'path':'/a'}]                             | operation 0 has no member 'op' of add, remove, replace, move, copy and test",
        "[{'op':'spam','path':'/a'}]                 | operation 0 has no member 'op' of add, remove, replace, move, copy and test",
        "[{'op':'remove'}]                           | operation 0 has no member 'path'",
        "[{'op':'remove','path':1}]                  | operation 0 has no member 'path'",
        "[{'op':'remove','path':'a'}]                | operation 0 member 'path' is no JSON pointer, such as /input/email",
        "[{'op':'remove','path':'/a~2'}]             | operation 0 member 'path' is no JSON pointer, such as /input/email",
        "[{'op':'remove','path':'/a~'}]              | operation 0 member 'path' is no JSON pointer, such as /input/email",
        "[{'op':'add','path':'/a'}]                  | operation 0 has no member 'value'",
        "[{'op':'move','path':'/a'}]                 | operation 0 has no member 'from'",
        "[{'op':'remove','path':'/a'},{'op':'copy','path':'/a'}] | operation 1 has no member 'from'",
      })
  void what_is_no_patch_is_refused(String patch, String message) {
    assertThatThrownBy(() -> patch(patch))
        .isInstanceOf(JsonPatchException.class)
        .hasMessage(message);
  }

  @Test
  void a_patch_that_would_double_the_document_over_and_over_is_refused() throws Exception {
    JsonPatch doubling = copied(60, "/a/-");
    Json document = Json.of(Map.of("a", List.of("x".repeat(1_000))));
    assertThatThrownBy(() -> doubling.apply(document))
        .isInstanceOf(JsonPatchException.class)
        .hasMessageContaining("more than " + JsonPatch.MAX_GROWTH_BYTES + " bytes");
  }

  @Test
  void a_patch_that_would_nest_the_document_without_end_is_refused() throws Exception {
    JsonPatch nesting = copied(100, "/a/a");
    assertThatThrownBy(() -> nesting.apply(json("{'a':{}}")))
        .isInstanceOf(JsonPatchException.class)
        .hasMessageContaining("too deeply");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a':['%s']}", "{'a':[{'%s':1}]}"})
  void what_is_put_in_is_limited_be_it_values_or_names(String written) throws Exception {
    Json document = json(written.formatted("x".repeat(2_000)));
    for (int doublings = 1; doublings < 9; doublings++) {
      assertThat(copied(doublings, "/a/-").apply(document).sizeBytes())
          .isLessThan(document.sizeBytes() + JsonPatch.MAX_GROWTH_BYTES);
    }
    assertThatThrownBy(() -> copied(10, "/a/-").apply(document))
        .isInstanceOf(JsonPatchException.class);
  }

  @Test
  void the_deepest_that_is_allowed_can_be_read_again_inside_a_message() throws Exception {
    Json patched = copied(85, "/a/a").apply(json("{'a':{}}"));
    for (int levels = 1; levels < 10; levels++) {
      patched = Json.of(Map.of("around", patched.value()));
    }
    assertThat(JsonMapper.parse(patched.utf8(), JsonMapper.MAX_DEPTH)).isEqualTo(patched.value());
  }

  @Test
  void a_refusal_is_short_however_long_the_path_is() {
    String name = "x".repeat(5_000);
    assertThatThrownBy(
            () -> patch("[{'op':'remove','path':'/a/%s'}]".formatted(name)).apply(json("{'a':[]}")))
        .isInstanceOf(JsonPatchException.class)
        .message()
        .hasSizeLessThan(300);
  }

  @Test
  void a_patch_beyond_its_limits_is_refused() {
    assertThatThrownBy(
            () ->
                JsonPatch.of(
                    Json.of(
                        Collections.nCopies(
                            JsonPatch.MAX_OPERATIONS + 1, operation("copy", "/a", "/b")))))
        .isInstanceOf(JsonPatchException.class)
        .hasMessageContaining("101 operations");
    assertThatThrownBy(() -> JsonPatch.of(Json.of("x".repeat(JsonPatch.MAX_BYTES))))
        .isInstanceOf(JsonPatchException.class)
        .hasMessageContaining("bytes");
  }

  @Test
  void a_document_is_left_as_it_was() throws Exception {
    Json document = json("{'a':[1,{'b':2}]}");
    Json edited = patch("[{'op':'remove','path':'/a/1/b'}]").apply(document);
    assertThat(Json.of(document.value())).isEqualTo(json("{'a':[1,{'b':2}]}"));
    assertThat(edited).isEqualTo(json("{'a':[1,{}]}"));
  }

  private static JsonPatch copied(int times, String to) throws JsonPatchException {
    return JsonPatch.of(Json.of(Collections.nCopies(times, operation("copy", "/a", to))));
  }

  private static Map<String, Object> operation(String op, String from, String path) {
    return Map.of("op", op, "from", from, "path", path);
  }

  private static JsonPatch patch(String text) throws JsonPatchException, JsonProcessingException {
    return JsonPatch.of(json(text));
  }

  private static Json json(String text) throws JsonProcessingException {
    return Json.parse(text.replace('\'', '"').getBytes(UTF_8));
  }
}
