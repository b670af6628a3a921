from checks import refused, same


def rows(text):
    import tables

    return tables.rows(text)


def test_plain_cells():
    same(rows("a,b\n1,\n"), [["a", "b"], ["1", ""]])


def test_no_line_feed_at_the_end():
    same(rows("a\r\nb"), [["a"], ["b"]])


def test_quoted_cells():
    same(rows('"a,b","say ""hi""","two\nlines"\n'), [["a,b", 'say "hi"', "two\nlines"]])


def test_a_quote_left_open():
    refused(rows, 'a,"b\n')


def test_totals():
    import totals

    same(totals.totals('kind,amount\nfood,12\n"rent, heat",700\nfood,8\n'), {"food": 20, "rent, heat": 700})
